"""fieldkit: protection interviews, leaflets and sealed exchange for border posts, without a network.

ui            windows; the only place that imports Qt
services      one file a job a person does: the product's verbs, no Qt
headquarters  importing, counting
forms         ODK forms: reading, expressions, the running interview; the door to pyxform
storage       the vault: journal, projections, drafts; the door to SQLCipher
leaflets      everything printed: shaping, layout; the doors to reportlab and pdfium
sync          bundles, enrolment, what goes out and what comes in
content       codebook, rules as a table, directory: reads resources/ and installed packs
languages     catalogues, autonyms, direction, the sentences for error codes; crypto: the one door to cryptography
domain        pure values and laws; files, logs, beside (temporary files): at the bottom

Imports go down only: {ui, cli} -> services -> headquarters -> {forms, storage, leaflets, sync, content}
-> {languages, crypto} -> domain -> {files, logs} -> beside. `tests/test_architecture.py` proves it.
"""

__version__ = "0.1.0"
