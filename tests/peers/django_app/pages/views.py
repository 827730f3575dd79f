"""The pages: each shows one thing that frameworks ask of a gateway."""

import datetime
import hashlib
import io
import json
import pathlib
import urllib.parse

from django.http import (
    FileResponse, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_GET, require_POST, require_safe

from . import gate

GREETING = "Hello"
FILES = pathlib.Path(__file__).parent / "files"
LONG_AGO = datetime.datetime(2001, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
SHOWN = (
    "CONTENT_LENGTH", "CONTENT_TYPE", "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "REQUEST_METHOD",
    "SCRIPT_NAME", "SERVER_NAME", "SERVER_PROTOCOL", "wsgi.url_scheme", "wsgi.version",
)


@require_safe
def hello(request):
    name = request.GET.get("name", "world")
    return render(request, "pages/hello.html", {"greeting": GREETING, "name": name})


def form(request):
    if request.method != "POST":
        return render(request, "pages/form.html")
    name = request.POST.get("name", "")
    if not name:
        response = redirect("form")
        response.status_code = 303
        return response
    words = " + ".join(request.POST.getlist("word"))
    return render(request, "pages/hello.html", {"greeting": words, "name": name})


def cookies(request):
    response = JsonResponse(request.COOKIES)
    response.set_cookie("plain", "1")
    response.set_cookie("locked", "a b;c", path="/cookies", httponly=True, samesite="Strict")
    response.set_cookie(
        "dated", urllib.parse.quote("é"), expires="Sat, 03 Feb 2001 04:05:06 GMT", secure=True
    )
    response.delete_cookie("old")
    return response


def visits(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return JsonResponse({"visits": request.session["visits"]})


def redirect_relative(_request):
    return redirect(reverse("hello") + "?name=you")


def redirect_absolute(request):
    response = HttpResponseRedirect(request.build_absolute_uri("/"))
    response.status_code = 307
    return response


def redirect_non_ascii(_request):
    return redirect("town", "Köln am Rhein", permanent=True)


def slash(_request):
    return HttpResponse("a slash at the end")


@csrf_exempt
@require_POST
def upload(request):
    file = request.FILES["file"]
    content = file.read()
    return JsonResponse({
        "name": file.name,
        "type": file.content_type,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "note": request.POST.get("note"),
    })


@csrf_exempt
def echo(request):
    return HttpResponse(request.body, content_type=request.META.get("CONTENT_TYPE") or "text/plain")


def stream(request):
    return StreamingHttpResponse(gate.blocks(request.GET.get("gate")), content_type="text/plain")


def stream_endless(request):
    return StreamingHttpResponse(gate.endless(request.GET.get("gate")), content_type="text/plain")


def stream_broken(_request):
    return StreamingHttpResponse(gate.broken(), content_type="text/plain")


def path(_request, rest):
    return JsonResponse({"rest": rest})


def town(_request, name):
    return JsonResponse({"town": name})


def query(request):
    return JsonResponse(list(request.GET.lists()), safe=False)


def environ(request):
    return JsonResponse({
        key: repr(value) for key, value in sorted(request.environ.items())
        if key in SHOWN or key.startswith("HTTP_") and key != "HTTP_CONNECTION"
    })


def error(_request):
    return HttpResponse(str(1 / 0))


def file(_request):
    return FileResponse(open(FILES / "squares.csv", "rb"))


def file_attached(_request):
    name = "Quadrate für Zoë.csv"
    return FileResponse(open(FILES / "squares.csv", "rb"), as_attachment=True, filename=name)


def file_memory(_request):
    return FileResponse(io.BytesIO(bytes(range(256)) * 1000))


@condition(etag_func=lambda _request: '"the-tag"', last_modified_func=lambda _request: LONG_AGO)
def etag(_request):
    return HttpResponse("the same every time\n")


@require_GET
def headers(request):
    sizes = {name: len(value) for name, value in request.headers.items() if "Big" in name}
    response = JsonResponse(sizes)
    for number in range(8):
        response[f"X-Big-{number}"] = f"{number}" * 4000
    response["X-Latin"] = "café"
    response["X-Seen"] = request.headers.get("X-Latin", "")
    return response


@method_decorator(csrf_exempt, name="dispatch")
class Items(View):
    def get(self, _request):
        return JsonResponse(["ä", None, 1.5, {"b": []}], safe=False)

    def post(self, request):
        response = JsonResponse({"made": json.loads(request.body)}, status=201)
        response["Location"] = reverse("item", args=[7])
        return response


@method_decorator(csrf_exempt, name="dispatch")
class Item(View):
    def put(self, request, number):
        item = json.loads(request.body)
        return JsonResponse({"number": number, "method": request.method, "item": item})

    patch = put

    def delete(self, _request, number):
        return HttpResponse(status=204)
