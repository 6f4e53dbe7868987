"""The style sheet of Qt's own controls, made from the tokens: no colour stands here.

Radius 10 for cards, 7 for controls; spacing in steps of 4. A control with the focus always has the accent's border.
"""

from ui.base.tokens import Tokens


def style_sheet(t: Tokens) -> str:
    """Return the style sheet for these tokens."""
    return f"""
QToolTip {{ color: {t.surface}; background: {t.text}; border: 0; padding: 4px 8px; }}
QLabel[role="muted"] {{ color: {t.muted}; }}
QLabel[role="warning"] {{ color: {t.warning.fore}; font-size: 12px; }}
QLabel[role="error"] {{ color: {t.error.fore}; font-size: 12px; }}
QLabel[role="good"] {{ color: {t.good.fore}; font-size: 12px; }}
QLabel[role="small"] {{ color: {t.muted}; font-size: 12px; }}
QLabel[role="key"] {{ color: {t.muted}; font-size: 11px; border: 1px solid {t.line}; border-radius: 4px;
  padding: 1px 4px; }}
QLabel[role="rail"] {{ color: {t.rail_muted}; font-size: 12px; }}
QLabel[role="title"] {{ font-size: 20px; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: 15px; font-weight: 600; }}
QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 10px; }}
QFrame[role="note"] {{ background: {t.note.back}; border: 1px solid {t.warning.back}; border-radius: 10px; }}
QFrame[role="note"] QLabel {{ color: {t.note.fore}; }}
QFrame[role="problem"] {{ background: {t.error.back}; border: 1px solid {t.error.fore}; border-radius: 10px; }}
QFrame[role="problem"] QLabel {{ color: {t.error.fore}; }}
QFrame[role="line"] {{ background: {t.line}; border: 0; max-height: 1px; min-height: 1px; }}
QPushButton {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 7px; padding: 6px 12px;
  min-height: 20px; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 5px 11px; }}
QPushButton:disabled {{ color: {t.muted}; background: {t.page}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
  font-weight: 600; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.line}; color: {t.muted}; border-color: {t.line}; }}
QPushButton[kind="flat"] {{ background: transparent; border-color: transparent; color: {t.accent}; }}
QPushButton[kind="flat"]:hover {{ background: {t.hover}; color: {t.text}; }}
QPushButton[kind="flat"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="slim"] {{ background: transparent; border-color: transparent; color: {t.accent};
  padding: 2px 8px; min-height: 18px; }}
QPushButton[kind="slim"]:hover {{ background: {t.hover}; }}
QPushButton[kind="slim"]:focus {{ border: 2px solid {t.accent}; padding: 1px 7px; }}
QPushButton[kind="choice"], QPushButton[kind="chosen"] {{ padding: 3px 10px; min-height: 18px; }}
QPushButton[kind="choice"]:focus, QPushButton[kind="chosen"]:focus {{ border: 2px solid {t.accent}; padding: 2px 9px; }}
QPushButton[kind="chosen"] {{ background: {t.good.back}; border-color: {t.good.fore}; }}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {{ background: {t.surface};
  border: 1px solid {t.line}; border-radius: 7px; padding: 5px 8px; min-height: 20px;
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {{
  border: 2px solid {t.accent}; padding: 4px 7px; }}
QLineEdit[warned="true"], QComboBox[warned="true"] {{ border-color: {t.warning.fore}; }}
QLineEdit[warned="true"]:focus, QComboBox[warned="true"]:focus {{ border-color: {t.accent}; }}
QLineEdit[role="search"] {{ border: 2px solid {t.line}; border-radius: 10px; padding: 0 14px; font-size: 22px;
  font-weight: 600; min-height: 56px; }}
QLineEdit[role="search"]:focus {{ border: 2px solid {t.accent}; padding: 0 14px; }}
QLineEdit:read-only {{ background: {t.page}; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow {{ width: 0; height: 0; border-left: 4px solid {t.surface}; border-right: 4px solid {t.surface};
  border-top: 5px solid {t.muted}; }}
QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.line};
  selection-background-color: {t.selected}; selection-color: {t.text}; }}
QCheckBox {{ spacing: 8px; padding: 4px; }}
QTableView, QListView, QTreeView {{ background: {t.surface}; border: 0; gridline-color: {t.line};
  selection-background-color: {t.selected}; selection-color: {t.text}; outline: 0; }}
QListWidget#offered {{ border: 1px solid {t.accent}; border-radius: 7px; }}
QHeaderView {{ background: {t.surface}; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.line};
  padding: 8px 8px; font-size: 12px; font-weight: 600; }}
QTabBar {{ border: 0; }}
QTabBar::tab {{ color: {t.muted}; background: transparent; border: 0; border-bottom: 2px solid transparent;
  padding: 8px 12px; margin-right: 4px; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom-color: {t.accent}; font-weight: 600; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabBar::tab:selected:focus {{ border: 2px solid {t.accent}; border-radius: 7px; padding: 6px 10px 8px; }}
QScrollArea, QScrollArea > QWidget > QWidget[role="canvas"] {{ background: transparent; border: 0; }}
QScrollArea:focus {{ border: 1px solid {t.accent}; border-radius: 10px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 4px; min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenu {{ background: {t.surface}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.selected}; }}
QMenu::item:disabled {{ color: {t.muted}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QProgressBar {{ background: {t.line}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
"""
