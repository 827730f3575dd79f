"""Settings as in production, but for the secrets, which a test may know."""

import pathlib

BASE_DIR = pathlib.Path(__file__).resolve().parent.parent

DEBUG = False
# Fixed, so that two servers sign the same cookie alike.
SECRET_KEY = "known to everybody: it signs cookies of a test"
ALLOWED_HOSTS = ["pages.example", "127.0.0.1"]
ROOT_URLCONF = "site_of_pages.urls"
WSGI_APPLICATION = "site_of_pages.wsgi.application"
INSTALLED_APPS = ["pages"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {}
# Cookies without a lifetime, because Django writes the end of one as a date.
CSRF_COOKIE_AGE = None
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
USE_TZ = True
LOGGING = {
    "version": 1,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO"}},
}
