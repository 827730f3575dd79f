"""The Django application that servers are compared with: `site_of_pages.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_of_pages.settings")
application = get_wsgi_application()
