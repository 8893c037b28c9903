"""The addresses of ideas."""

from django.urls import path

from terrain.ideas import views

urlpatterns = [
    path("ideas", views.ideas, name="ideas"),
    path("ideas/new", views.new, name="new_idea"),
    path("ideas/late", views.late, name="late_answers"),
    path("owed", views.owed, name="owed"),
    path("conversations/<int:pk>/support", views.support, name="support"),
    path("conversations/<int:pk>/owed-answer", views.owed_answer, name="owed_answer"),
    path("conversations/<int:pk>/more-time", views.more_time, name="more_time"),
    path("conversations/<int:pk>/decider", views.decider, name="decider"),
    path("spaces/<int:pk>/decider", views.space_decider, name="space_decider"),
]
