# The app image: gunicorn by default; the worker and one-off commands run the same image (docker-compose.yml).
FROM python:3.11.14-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
WORKDIR /app
COPY requirements/uv.txt requirements/base.txt requirements/
RUN python -m venv /opt/tools \
    && /opt/tools/bin/pip install --require-hashes -r requirements/uv.txt \
    && python -m venv --without-pip /opt/venv \
    && /opt/tools/bin/uv pip install --python /opt/venv/bin/python --compile-bytecode --require-hashes -r requirements/base.txt

COPY . .
ENV PATH=/opt/venv/bin:$PATH DJANGO_SETTINGS_MODULE=cms.settings.production STATIC_ROOT=/app/static
# Settings refuse to start without these; the values end with this line.
RUN SECRET_KEY=build-only ALLOWED_HOSTS=build.invalid DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --noinput --verbosity 0


FROM python:3.11.14-slim-bookworm

RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin diwan \
    && install --directory --owner=diwan --group=diwan /media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production STATIC_ROOT=/app/static MEDIA_ROOT=/media WEB_CONCURRENCY=2
USER diwan
VOLUME ["/media"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz/', timeout=4)"]
# WEB_CONCURRENCY sets the number of worker processes.
CMD ["gunicorn", "cms.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--threads=4", "--limit-request-line=8190", "--max-requests=5000", "--max-requests-jitter=500", "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-"]
