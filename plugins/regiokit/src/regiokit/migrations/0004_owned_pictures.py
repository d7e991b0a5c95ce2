"""Pictures of organisations, beside whichever image model the site has."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from wagtail.images import get_image_model_string


class Migration(migrations.Migration):
    dependencies = [
        ("regiokit", "0003_organisation_people"),
        migrations.swappable_dependency(get_image_model_string()),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnedPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "image",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=get_image_model_string()
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="regiokit.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "Bild einer Organisation",
                "verbose_name_plural": "Bilder von Organisationen",
            },
        ),
    ]
