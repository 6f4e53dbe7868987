"""Every action of the program, declared once: its text, key, tip and group.

Buttons, menus, tooltips and the overview of keys are made from this list. A page binds an action to what it does;
an action that no page binds is nowhere to be seen (a test walks them all).
"""

from collections.abc import Callable
from enum import Enum, StrEnum
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Group(StrEnum):
    """Where an action stands in the menu and in the overview of keys."""

    GO = "Ga naar"
    REGISTER = "Register"
    EDIT = "Bewerken"
    SUPPLIERS = "Leveranciers"
    SUPPLIER = "Leverancier"
    LOOK_UP = "Opzoeken"
    WORK = "Opvolging"
    LETTERS = "Brieven"
    IMPORT = "Importeren"
    SETTINGS = "Instellingen"
    HELP = "Hulp"


class Spec(NamedTuple):
    """One action. `keys` are alternatives, the first is shown; `tip` says what it does where the text does not."""

    text: str
    keys: tuple[str, ...]
    group: Group
    tip: str = ""


class Act(Enum):
    """The actions."""

    GO_LOOK_UP = Spec("Opzoeken", ("Ctrl+K", "Ctrl+1"), Group.GO, "Zoek een leverancier: naam, plaats, KvK, telefoon")
    GO_SUPPLIERS = Spec("Leveranciers", ("Ctrl+2",), Group.GO, "Alle leveranciers met hun status")
    GO_WORK = Spec("Opvolging", ("Ctrl+3",), Group.GO, "Wat er vandaag te doen is, het grootste bedrag eerst")
    GO_LETTERS = Spec("Brieven", ("Ctrl+4",), Group.GO, "Brieven maken en terugvinden")
    GO_IMPORT = Spec("Importeren", ("Ctrl+5",), Group.GO, "Een spreadsheet in het register zetten")
    GO_POLICY = Spec("Beleid", ("Ctrl+6",), Group.GO, "De regels met de woorden van het beleid")
    GO_SETTINGS = Spec("Instellingen", ("Ctrl+7",), Group.GO, "Afzender, brieven, termijnen, uiterlijk")
    GO_BACK = Spec("Terug", ("Alt+Left",), Group.GO, "Naar het vorige scherm")

    NEW_SUPPLIER = Spec("Nieuw", ("Ctrl+N",), Group.REGISTER, "Nieuwe leverancier: eerst de naam, de rest later")
    OPEN_REGISTER = Spec("Ander register…", ("Ctrl+O",), Group.REGISTER, "Een ander register openen of maken")
    COPY_PATH = Spec("Pad kopiëren", ("Ctrl+Shift+C",), Group.REGISTER, "Waar het register staat, naar het klembord")
    COPY_CALL_COMMAND = Spec(
        "Opdracht kopiëren", ("Ctrl+Shift+B",), Group.REGISTER, "Voor een belprogramma dat een programma start"
    )
    COPY_CALL_URL = Spec(
        "Koppeling kopiëren", ("Ctrl+Shift+K",), Group.REGISTER, "Voor een belprogramma dat een koppeling opent"
    )
    QUIT = Spec("Afsluiten", ("Ctrl+Q",), Group.REGISTER, "Het programma sluiten; alles is al opgeslagen")

    UNDO = Spec("Ongedaan maken", ("Ctrl+Z",), Group.EDIT, "De laatste handeling terugdraaien, ook een hele import")
    REDO = Spec("Opnieuw", ("Ctrl+Shift+Z", "Ctrl+Y"), Group.EDIT, "Wat ongedaan is gemaakt, toch weer doen")
    SAVE = Spec("Opslaan", ("Ctrl+S", "Ctrl+Return"), Group.EDIT, "Bewaar wat u heeft ingevuld")

    STOP = Spec("Stoppen", ("Ctrl+.",), Group.EDIT, "Stop wat bezig is; er blijft niets half")
    SORT = Spec("Sorteren…", ("Ctrl+Shift+S",), Group.EDIT, "De tabel ordenen; nog eens dezelfde kolom keert om")
    EXPORT = Spec("Exporteren…", ("Ctrl+E",), Group.EDIT, "De lijst zoals u haar ziet, als Excel of csv")

    FILTER = Spec("Filter", ("Ctrl+F",), Group.SUPPLIERS, "Naar het filter; alle woorden moeten voorkomen")
    REFERENCE_DATE = Spec("Peildatum", ("Ctrl+D",), Group.SUPPLIERS, "Beoordeel alles op een andere dag")
    TODAY = Spec("Vandaag", ("Ctrl+T",), Group.SUPPLIERS, "De peildatum weer op vandaag zetten")
    CLEAR_FILTERS = Spec("Filters wissen", ("Ctrl+Backspace",), Group.SUPPLIERS, "Toon weer alle leveranciers")
    LETTERS_FOR = Spec("Brieven maken", ("Ctrl+B",), Group.SUPPLIERS, "Brieven voor de aangevinkte leveranciers")

    DUPLICATES = Spec(
        "Dubbele…",
        ("Ctrl+Shift+D",),
        Group.SUPPLIERS,
        "Wie er misschien dubbel in staat, of de 2 aangevinkte",
    )
    MERGE = Spec("Samenvoegen", ("Ctrl+Return",), Group.SUPPLIERS, "Van deze twee leveranciers één maken")
    TWO_FIRMS = Spec("Zijn twee bedrijven", ("Ctrl+T",), Group.SUPPLIERS, "Vastleggen dat dit er twee zijn")
    OTHER_VALUE = Spec("Andere keuze", ("F2",), Group.SUPPLIERS, "Wat er blijft van de gekozen regel; ook met spatie")

    EDIT = Spec("Bewerken", ("F2",), Group.SUPPLIER, "Gegevens of de gekozen regel veranderen")
    ADD = Spec("Toevoegen", ("Ctrl+Shift+N",), Group.SUPPLIER, "Een regel toevoegen in dit tabblad")
    REMOVE = Spec(
        "Verwijderen", ("Ctrl+Delete",), Group.SUPPLIER, "De gekozen regel verwijderen; blijft in de historie"
    )
    NOTE = Spec("Notitie", ("Ctrl+M",), Group.SUPPLIER, "Een gespreksnotitie toevoegen")
    LETTER = Spec("Brief maken", ("Ctrl+B",), Group.SUPPLIER, "Een brief voor deze leverancier")
    UNDO_THIS = Spec("Dit terugdraaien", ("Ctrl+Shift+U",), Group.SUPPLIER, "De gekozen wijziging terugdraaien")
    NEXT_TAB = Spec("Volgend tabblad", ("Ctrl+PgDown",), Group.SUPPLIER)
    PREVIOUS_TAB = Spec("Vorig tabblad", ("Ctrl+PgUp",), Group.SUPPLIER)

    OPEN = Spec("Openen", ("Return", "Enter"), Group.LOOK_UP, "Alles van deze leverancier")
    COPY_SENTENCE = Spec("Kopiëren", ("Ctrl+Shift+C",), Group.LOOK_UP, "Wat u kunt zeggen, naar het klembord")
    FINISH_CALL = Spec("Afronden", ("Ctrl+Return",), Group.LOOK_UP, "Het gesprek vastleggen, met wat is afgesproken")
    AGREE = Spec("Afspraak…", ("Ctrl+T",), Group.LOOK_UP, "Een taak of een toezegging met een datum vastleggen")
    QUESTIONS = Spec("Vragen", ("F3",), Group.LOOK_UP, "Antwoorden op vragen van bellers")
    DIAL = Spec("Bellen", ("F4",), Group.LOOK_UP, "Een nummer van deze leverancier bellen")
    LAST_CALLS = Spec("Gesprekken", ("Ctrl+H",), Group.LOOK_UP, "De laatste 20 gesprekken")
    NEXT_CALL = Spec("Open notities", ("Ctrl+G",), Group.LOOK_UP, "Naar de volgende notitie die niet is afgerond")
    NEW_CALL = Spec(
        "Gesprek zonder leverancier", ("Ctrl+Shift+G",), Group.LOOK_UP, "Een notitie voor een beller die u niet vindt"
    )
    LINK_CALL = Spec(
        "Notitie hierheen", ("Ctrl+J",), Group.LOOK_UP, "De notitie van de onbekende beller hierbij zetten"
    )

    SEEN = Spec("Gezien", ("Ctrl+G",), Group.WORK, "Van de lijst tot er iets verandert, met een reden en een einddatum")
    LATER = Spec("Later", ("Ctrl+L",), Group.WORK, "Van de lijst t/m een dag, met een reden")
    PROMISE = Spec("Toezegging", ("Ctrl+T",), Group.WORK, "Vastleggen wat is toegezegd; tot die dag geen herinnering")
    SETTLE = Spec("Afhandelen", ("Ctrl+H",), Group.WORK, "Doen wat de gekozen regel van de lijst haalt")
    ASIDE = Spec("Weggezet tonen", ("Ctrl+Shift+W",), Group.WORK, "Ook wat is weggezet, met de reden")
    PUT_BACK = Spec("Terugzetten", ("Ctrl+R",), Group.WORK, "Wat is weggezet weer op de lijst zetten")
    LINK = Spec("Koppelen", ("Ctrl+J",), Group.WORK, "Het gesprek bij de gekozen leverancier zetten")

    CHOOSE_FILE = Spec("Bestand kiezen…", ("Ctrl+L",), Group.IMPORT, "Een spreadsheet van schijf kiezen")
    PASTE_TABLE = Spec("Plakken uit klembord", ("Ctrl+V",), Group.IMPORT, "Een tabel die u hebt gekopieerd")
    READ_AGAIN = Spec("Opnieuw lezen", ("F5",), Group.IMPORT, "Het bestand opnieuw lezen, nadat u het heeft verbeterd")
    NEXT_STEP = Spec("Verder", ("Ctrl+Return",), Group.IMPORT, "Naar de volgende stap")
    PREVIOUS_STEP = Spec("Stap terug", ("Ctrl+Shift+Return",), Group.IMPORT, "Naar de vorige stap, niets gaat verloren")
    SAVE_FAULTS = Spec("Fouten opslaan…", ("Ctrl+E",), Group.IMPORT, "De foute rijen met de reden als Excel of csv")
    IS_SAME = Spec("Dezelfde", ("D",), Group.IMPORT, "Het is de leverancier uit het register; nog eens wist de keuze")
    IS_NEW = Spec("Nieuw", ("N",), Group.IMPORT, "Het is een nieuwe leverancier; nog eens wist de keuze")
    LEAVE_OUT = Spec("Overslaan", ("O",), Group.IMPORT, "De rij niet importeren; nog eens wist de keuze")
    CLEAR_CHOICE = Spec("Keuze wissen", ("Delete",), Group.IMPORT, "De keuze bij de gekozen rijen terugnemen")
    MEND = Spec(
        "Verbeteren", ("F2",), Group.IMPORT, "De cellen verbeteren die niet kloppen; het bestand blijft zoals het is"
    )

    MAKE_LETTERS = Spec("Brieven maken", ("Ctrl+Return",), Group.LETTERS, "De aangevinkte brieven maken en bewaren")
    OTHER_LETTER = Spec("Andere brief…", ("F2",), Group.LETTERS, "Een andere soort brief of taal voor deze leverancier")
    PRINT = Spec("Afdrukken…", ("Ctrl+P",), Group.LETTERS, "Naar de printer, in de volgorde van de enveloppen")
    SAVE_PDFS = Spec("Pdf’s…", ("Ctrl+L",), Group.LETTERS, "Eén pdf per brief in een map")
    SAVE_PRINT_FILE = Spec("Eén pdf…", ("Ctrl+Shift+E",), Group.LETTERS, "Alle brieven in één pdf")
    MARK_POSTED = Spec("Gepost", ("Ctrl+Shift+P",), Group.LETTERS, "Vastleggen dat de brieven de deur uit zijn")
    WITHDRAW = Spec("Intrekken", ("Ctrl+Delete",), Group.LETTERS, "Brieven die niet gepost zijn intrekken")
    ARCHIVE = Spec("Archief", ("Ctrl+Shift+A",), Group.LETTERS, "Alle brieven die gemaakt zijn")
    SKIPPED = Spec("Bekijken", ("Ctrl+Shift+O",), Group.LETTERS, "Wie is overgeslagen, en waarom")
    SAVE_MAILS = Spec("E-mailconcepten…", ("Ctrl+Shift+M",), Group.LETTERS, "Een concept per brief, met de pdf erbij")
    LOG_REPLY = Spec("Antwoord…", ("Ctrl+I",), Group.LETTERS, "Een antwoord op een brief vastleggen, op kenmerk")
    ROUNDS = Spec("Rondes", ("Ctrl+Shift+D",), Group.LETTERS, "Alle rondes, en hoe ver ze zijn")
    GO_ON = Spec("Ronde afmaken", ("Ctrl+Shift+V",), Group.LETTERS, "De laatste ronde die nog niet is gepost")
    NEW_ROUND = Spec("Nieuwe ronde", ("Ctrl+Shift+R",), Group.LETTERS, "Iedereen die nu een brief moet krijgen")
    TO_SUPPLIER = Spec("Leverancier", ("Ctrl+Shift+L",), Group.LETTERS, "Alles van wie deze brief krijgt")
    NEXT_SHEET = Spec("Volgend blad", ("Alt+PgDown",), Group.LETTERS)
    PREVIOUS_SHEET = Spec("Vorig blad", ("Alt+PgUp",), Group.LETTERS)

    TEXTS = Spec("Teksten", ("Ctrl+Shift+T",), Group.LETTERS, "De teksten van de brieven lezen en veranderen")
    MERGE_FIELDS = Spec("Velden", ("Ctrl+Space",), Group.LETTERS, "Een veld invoegen; typen na { biedt ze ook aan")
    GO_TO_FAULT = Spec("Naar fout", ("F8",), Group.LETTERS, "Naar de plaats in de tekst die niet klopt")
    RESTORE_TEXT = Spec("Standaardtekst", ("Ctrl+Shift+H",), Group.LETTERS, "De tekst van het programma terugzetten")

    CHOOSE_PAPER = Spec(
        "Briefpapier…", ("Ctrl+Shift+P",), Group.SETTINGS, "Uw eigen briefpapier kiezen: een pdf van een of twee bladen"
    )
    CHOOSE_LOGO = Spec("Logo…", ("Ctrl+Shift+L",), Group.SETTINGS, "Het logo kiezen: svg, pdf, png of jpg")
    CHOOSE_SIGNATURE = Spec(
        "Handtekening…",
        ("Ctrl+Shift+H",),
        Group.SETTINGS,
        "Het plaatje van een handtekening kiezen: png, jpg, svg of pdf",
    )
    CLEAR_ARTWORK = Spec("Wissen", ("Ctrl+Delete",), Group.SETTINGS, "Het bestand waar u staat niet meer gebruiken")
    PRINT_TEST_PAGE = Spec(
        "Testpagina afdrukken…", ("Ctrl+P",), Group.SETTINGS, "Kijken of printer, envelop en venster kloppen"
    )
    SAVE_TEST_PAGE = Spec("Testpagina opslaan…", ("Ctrl+E",), Group.SETTINGS, "De testpagina als pdf")

    KEYS = Spec("Toetsen", ("Ctrl+/", "F1"), Group.HELP, "Alle toetsen op een rij")
    MENU = Spec("Menu", ("F10",), Group.HELP, "Alles wat hier kan")

    @property
    def spec(self) -> Spec:
        """What is declared."""
        found: Spec = self.value
        return found


def bind(
    act: Act, owner: QWidget, run: Callable[[], object], *, everywhere: bool = False, has_keys: bool = True
) -> QAction:
    """Return the action, ready to work while `owner` or something in it has the focus; `everywhere` in the window.

    A page that shows a button for what the window binds too leaves the keys to the window (`has_keys` False): of two
    enabled actions with one key neither answers.
    """
    spec = act.spec
    action = QAction(spec.text, owner)
    action.setObjectName(act.name)
    action.setShortcuts([QKeySequence(key) for key in spec.keys] if has_keys else [])
    context = Qt.ShortcutContext
    action.setShortcutContext(context.WindowShortcut if everywhere else context.WidgetWithChildrenShortcut)
    action.setToolTip(f"{spec.tip or spec.text} ({shown_key(act)})")
    action.triggered.connect(lambda: run())
    owner.addAction(action)
    return action


def on_escape(owner: QWidget, run: Callable[[], object]) -> None:
    """Let Esc step out of `owner` while it or something in it has the focus."""
    shortcut = QShortcut(QKeySequence("Escape"), owner)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(run)


def shown_key(act: Act) -> str:
    """Return the key as people read it, such as `Ctrl+Enter`."""
    return key_text(act.spec.keys[0])


def key_text(key: str) -> str:
    """Return a key in Dutch words."""
    for name, word in (("Return", "Enter"), ("Left", "←"), ("Delete", "Del"), ("PgDown", "PgDn"), ("Space", "Spatie")):
        key = key.replace(name, word)
    return key
