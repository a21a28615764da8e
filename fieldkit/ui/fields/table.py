"""Every kind of answer and its field, in one table."""

from collections.abc import Mapping
from typing import Final

from fieldkit.ui.fields.barcode import BarcodeField
from fieldkit.ui.fields.choices import AcknowledgeField, ChoiceField
from fieldkit.ui.fields.drawing import DrawingField
from fieldkit.ui.fields.dropped import DropField
from fieldkit.ui.fields.field import AnswerField, Say
from fieldkit.ui.fields.line_on_map import PointsField
from fieldkit.ui.fields.moments import DateField, DateTimeField, TimeField
from fieldkit.ui.fields.nothing import NoteField, NotYetField
from fieldkit.ui.fields.place import PlaceField
from fieldkit.ui.fields.rank import RankField
from fieldkit.ui.fields.scale import PickerField, RangeField, RatingField
from fieldkit.ui.fields.search import SearchField
from fieldkit.ui.fields.typed import DecimalField, IntegerField, LongTextField, TextField
from fieldkit.ui.fields.upload import FileField
from fieldkit.ui.presenters.kinds import Kind
from fieldkit.ui.presenters.question import QuestionView

FIELDS: Final[Mapping[Kind, type[AnswerField]]] = {
    Kind.NOTE: NoteField,
    Kind.ACKNOWLEDGE: AcknowledgeField,
    Kind.ONE: ChoiceField,
    Kind.SEVERAL: ChoiceField,
    Kind.ONE_OF_MANY: SearchField,
    Kind.SEVERAL_OF_MANY: SearchField,
    Kind.TEXT: TextField,
    Kind.LONG_TEXT: LongTextField,
    Kind.INTEGER: IntegerField,
    Kind.DECIMAL: DecimalField,
    Kind.DATE: DateField,
    Kind.TIME: TimeField,
    Kind.DATE_TIME: DateTimeField,
    Kind.PLACE: PlaceField,
    Kind.DROPPED: DropField,
    Kind.RANGE: RangeField,
    Kind.PICKER: PickerField,
    Kind.RATING: RatingField,
    Kind.RANK: RankField,
    Kind.FILE: FileField,
    Kind.DRAWING: DrawingField,
    Kind.POINTS: PointsField,
    Kind.BARCODE: BarcodeField,
    Kind.NOT_YET: NotYetField,
}


def field_for(view: QuestionView, say: Say) -> AnswerField:
    """The field of a question."""
    return FIELDS[view.kind](view, say)
