from fastapi import FastAPI
from novu_framework.fastapi import serve

from workflow import task_assigned

app = FastAPI()
serve(app, workflows=[task_assigned])
