"""What CLDR says about the days, amounts, percentages and plural forms that messages are written with.

    pip install babel && python3 tests/words/formats.py > tests/words/formats.json

English is left out of amounts: it is written as decisions write them, with the code behind.
"""
import datetime
import json
from decimal import Decimal

import babel
from babel import Locale, dates, numbers

LANGUAGES = {"de": "de", "en": "en_GB", "fi": "fi", "fr": "fr", "hr": "hr", "nb": "nb", "ro": "ro", "sl": "sl"}
DAYS = ["2026-01-01", "2026-02-05", "2026-03-31", "2026-04-09", "2026-05-15", "2026-06-30", "2026-07-04", "2026-08-22",
        "2026-09-10", "2026-10-11", "2026-11-29", "2027-12-24"]
AMOUNTS = {"EUR": ["0.00", "19.90", "1234.50", "-1234567.89"], "USD": ["19.90", "-7.05"], "NOK": ["249.00", "-12500.00"],
           "GBP": ["5.00"], "RON": ["99.99", "-1000.00"], "JPY": ["1500", "-20"]}
PERCENTS = ["0", "7.5", "12", "100", "-3.25"]
COUNTS = [0, 1, 2, 3, 4, 5, 11, 19, 20, 21, 22, 100, 101, 102, 119, 120]

def minus(locale, text):
    """Babel writes the sign of the pattern; CLDR puts that of the language in its place."""
    return text.replace("-", numbers.get_minus_sign_symbol(locale))


rows = []
for tag, name in LANGUAGES.items():
    locale = Locale.parse(name)
    for day in DAYS:
        written = dates.format_date(datetime.date.fromisoformat(day), "long", locale)
        rows.append({"language": tag, "day": day, "is": written})
    if tag != "en":
        for code, amounts in AMOUNTS.items():
            for amount in amounts:
                rows.append({"language": tag, "amount": amount, "currency": code,
                             "is": minus(locale, numbers.format_currency(Decimal(amount), code, locale=locale))})
    for percent in PERCENTS:
        written = minus(locale, numbers.format_decimal(Decimal(percent), "#,##0.##", locale))
        sign = numbers.format_percent(0, locale=locale).replace("0", "")
        rows.append({"language": tag, "percent": percent, "is": written + sign if tag != "en" else written + " %"})
    for count in COUNTS:
        rows.append({"language": tag, "count": count, "is": locale.plural_form(count)})

out = {"babel": babel.__version__, "rows": rows}
print(json.dumps(out, ensure_ascii=False, indent=0))
