"""The Flask application that servers are compared with: `app:application`.

The views stand in a module of their own, so that a change of a file that is not the entry file
can be tried.
"""

from flask import Flask

import views

application = Flask(__name__)
# Fixed, so that two servers sign the same cookie alike.
application.secret_key = "known to everybody: it signs cookies of a test"
application.register_blueprint(views.pages)
