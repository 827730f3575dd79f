"""Django's commands for this project, as in any other: `python manage.py check`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_of_pages.settings")
    execute_from_command_line(sys.argv)
