"""People in the Wagtail admin: Wagtail's own list and forms, with towns, and with the walls an office needs.

Whoever manages people without being an administrator of everything (the group "Administration") can neither make
somebody one nor touch the account of one: with its e-mail address they could sign in as that person.
"""

from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from regiokit.places.models import Municipality


class _Towns:
    """Adds the towns; closes what only an administrator of everything may give."""

    def __init__(self, *args, for_user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["towns"].queryset = Municipality.objects.defer("outline")
        if "is_superuser" in self.fields and not (for_user and for_user.is_superuser):
            self.fields["is_superuser"].disabled = True
            self.fields["is_superuser"].help_text = _("Das vergibt nur, wer selbst alle Rechte hat.")


class PersonCreationForm(_Towns, UserCreationForm):
    """A new person."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"towns"}
        widgets = {**UserCreationForm.Meta.widgets, "towns": CheckboxSelectMultiple}


class PersonEditForm(_Towns, UserEditForm):
    """A person who is there already."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"towns"}
        widgets = {**UserEditForm.Meta.widgets, "towns": CheckboxSelectMultiple}


def may_touch(user, person) -> bool:
    """Whether `user`, who may change people, may change this one."""
    return user.is_superuser or not person.is_superuser


class _ForUser:
    """Hands the person who asks to the form."""

    def get_form_kwargs(self):
        """Add who asks."""
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class PersonCreateView(_ForUser, users.CreateView):
    """Wagtail's view with our form."""


class PersonEditView(_ForUser, users.EditView):
    """Wagtail's view with our form; accounts of administrators of everything are theirs alone."""

    def dispatch(self, request, *args, **kwargs):
        """Refuse."""
        if not may_touch(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PersonViewSet(users.UserViewSet):
    """People who sign in."""

    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    create_template_name = "account/people/create.html"
    edit_template_name = "account/people/edit.html"

    def get_form_class(self, for_update=False):
        """Return our form."""
        return PersonEditForm if for_update else PersonCreationForm


class _WithWalls:
    """Bulk actions leave out people whom the one who acts may not change; Wagtail asks for the general right alone."""

    def check_perm(self, obj):
        """Look at the person too."""
        return super().check_perm(obj) and may_touch(self.request.user, obj)


class AssignGroupAction(_WithWalls, AssignRoleBulkAction):
    """Put several people into a group."""


class SetActiveAction(_WithWalls, SetActiveStateBulkAction):
    """Open or close several accounts."""
