"""What Django is told: which parts there are, in which order a request passes them, and where things are kept."""

from pathlib import Path

from terrain.config import environment, servers

ROOT = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.secret_key()
PUSH_KEY = environment.push_key()
DEBUG = environment.DEBUG
ALLOWED_HOSTS = ["*"] if DEBUG or not environment.HOSTS else list(environment.HOSTS)
DEMO = environment.DEMO
SITE_URL = environment.SITE_URL
PORT = environment.PORT
LIVE_PORT = environment.LIVE_PORT
LIVE_URL = environment.LIVE_URL

# From the base up: each line stands on the ones above it.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "terrain.web",
    "terrain.people",
    "terrain.files",
    "terrain.spaces",
    "terrain.conversations",
    "terrain.posts",
    "terrain.direct",
    "terrain.notices",
    "terrain.ideas",
    "terrain.agenda",
    "terrain.attachments",
    "terrain.drafts",
    "terrain.hosting",
    "terrain.knowing",
    "terrain.links",
    "terrain.orders",
    "terrain.outcomes",
    "terrain.portraits",
    "terrain.reports",
    "terrain.catchup",
    "terrain.saving",
    "terrain.sharing",
    "terrain.polls",
    "terrain.thanks",
    "terrain.trust",
    "terrain.notifications",
    "terrain.live",
    "terrain.search",
    "terrain.keys",
    "terrain.accounts",
    "terrain.archives",
    "terrain.mail",
    "terrain.push",
    "terrain.demo",
]

MIDDLEWARE = [
    "terrain.web.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "terrain.web.reading.ReadingNeverWrites",
    "terrain.people.sessions.SessionMiddleware",
    "terrain.web.language.LanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "terrain.web.gestures.MethodOverride",
    "terrain.web.refusing.SaysWhy",
]

# Django looks for its own AuthenticationMiddleware; ours finds session and person together (people.sessions).
SILENCED_SYSTEM_CHECKS = ["auth.E013"]

ROOT_URLCONF = "terrain.config.urls"
WSGI_APPLICATION = "terrain.config.wsgi.application"
DATABASES = environment.database()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["terrain.accounts.passwords.ByAddress"]
LOGIN_URL = "enter"
SESSION_ENGINE = "terrain.people.sessions"
SESSION_COOKIE_NAME = "terrain"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.HTTPS
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in environment.HOSTS] if environment.HTTPS else []
CSRF_FAILURE_VIEW = "terrain.web.errors.forged"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.HTTPS else None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("fr", "français"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.ZONE
HOLIDAYS = environment.HOLIDAYS

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": sorted(ROOT.glob("*/templates")),
        "OPTIONS": {"environment": "terrain.web.rendering.environment"},
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = environment.HOME / "static"
STORAGES = {
    "default": servers.store(),
    "staticfiles": {"BACKEND": "terrain.web.statics.Statics"},
}
WHITENOISE_MAX_AGE = 3600

EMAIL_BACKEND, EMAIL_SETTINGS = servers.mail()
globals().update(EMAIL_SETTINGS)
DEFAULT_FROM_EMAIL = environment.MAIL_FROM
MAIL_ADDRESS = environment.MAIL_ADDRESS
MAIL_IN = environment.MAIL_IN
MAIL_TRUSTED = environment.MAIL_TRUSTED

MEDIA_ROOT = environment.FILES

# Each folder's jobs are in its module `jobs`; nobody needs Django's admin for them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

FILE_UPLOAD_HANDLERS = ["terrain.files.receiving.Bounded"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
SCAN_COMMAND = environment.SCAN_COMMAND
LINK_PREVIEWS = environment.LINK_PREVIEWS

# A form holds at most one message; what comes with it as files is bounded where it is received.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO" if DEBUG else "WARNING"},
}
