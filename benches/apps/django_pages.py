"""hello.py and form.py, for Django, with as little of Django as goes: `django_pages.py runserver PORT`,
or the application of this module.
"""

import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from django.utils.html import escape

settings.configure(
    DEBUG=True,
    SECRET_KEY="nothing is signed",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    # It gives an answer its length, without which no connection could be kept.
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
)


def hello(request, name):
    return HttpResponse(f"Hello, {name}!\n", content_type="text/plain")


def form(request):
    return HttpResponse(f"<p>Hello, {escape(request.POST.get('name', 'nobody'))}!</p>\n")


urlpatterns = [path("", form), path("<name>", hello)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
else:
    application = get_wsgi_application()
