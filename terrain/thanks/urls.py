"""The addresses of thanks."""

from django.urls import path

from terrain.thanks import views

urlpatterns = [
    path("people/<int:pk>/thanks", views.to_person, name="thanks_to"),
    path("messages/<int:pk>/thanks", views.for_message, name="thanks_for"),
    path("contributions", views.own_contributions, name="contributions"),
    path("contributions/<str:token>", views.shared_contributions, name="shared_contributions"),
    path("thanks/<int:pk>", views.thanks, name="thanks"),
    path("thanks/<int:pk>/hiding", views.hiding, name="thanks_hiding"),
]
