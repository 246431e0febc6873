"""The patterns of time expressions, in the notation of times_grammar.py.

Verbose regular expressions over lexemes: <a|b> stands for one lexeme of class a or b, <^a|b> for one of any
other class, {NAME} for a macro. Named groups are what the resolution looks at. Every repetition is
bounded, so that matching is linear in the text.
"""

MACROS = {
    "COUNT": r"""
        (?:<a> <vague> <of>? | <vague> <of>? | <half> <a> <vague|word>? | <a> <half> | (?:<num|int|year>
        (?:<dash> <num|int>)? | <word> (?:<dash>? <word> | <and> <word>){0,4}) (?:<dash>? <and|or|to>
        <dash>? (?:<a> <half> | <num|int|word>))? | <a> <word>? )
    """,
    "ABOUT": r"(?:<about|over|vague> | <more> <than>)?",
    "CLOCK": r"(?:<clock> (?:<and|dash|to> <clock>)? <local>{0,2} | <part>(?=<on>?<weekday|date>))",
    "PRE": r"(?:(?P<clock>{CLOCK}) <comma|on|of>{0,2})?",
    "DAYPART": r"(?:<early|late|mid>? <dash>? <part> <units>? | (?:<early|half_day> <units>))",
    "AT": r"""
        (?P<at> <the>? {DAYPART} (?:<of> | <on> | <comma>)? (?:<of>? <the> <part> <of>)? | <the>?
        <early|late|mid|earlier|later> (?:<on|in|dash|comma>)? | <the>? <begin|end> <of>)?
    """,
    "WEEKDAY": r"(?:<weekday> (?:<comma> | <of|on>)? <the>? )?",
    "DAY": r"<num|ord>",
    "YEAR": r"(?: <comma|of|in>? (?P<year> <year> | <int|num>(?=<bc>)) <bc>?)",
    "POST": r"""
        (?: <comma>? (?:<at>? <about>? (?P<clock2> <clock>) <local>{0,2} | (?<!<comma>)(?P<post> <part>)
        ) )?
    """,
    "EDGE": r"""
        (?P<edge> <the>? (?:<early|late|mid> (?:<dash> | <in|on>)? <the>? | <the>? <begin|end|middle>
        <of> <the>? | (?:<early|late> <begin>? <of>) | (?:<ord|last|final|early|half_day|late>)
        (?:{COUNT})? <half|units|unit> <of> <the>? ))?
    """,
    "REL": r"""
        (?P<rel> (?:<of|in>? (?:<the>? <that|this|last|next|same|following|previous|past|current>)
        <unit>))
    """,
    "DIR": r"""
        (?P<dir> <the>? (?:<last|next|this|that|same|following|previous|past|coming|current|recent>)
        <same>?)
    """,
    "INNER": r"<^stop|comma|open|close|month|year|date>",
    "WHAT": r"""
        (?:<of|after|to|from|over> {INNER}{0,5}? <war|siege> | <in> {INNER}{0,3}? <war|siege> | <since>
        <^stop|open|close|month|year>{0,7}? <war>)
    """,
}

PATTERNS = {
    "iso": r"{PRE} {AT} <date> (?:<comma>? <at>? (?P<clock2> <clock>))?",
    "dmy": r"""
        {PRE} {AT} {WEEKDAY} <the>? (?P<d1> {DAY}) (?: (?P<sep> <dash|rule|slash|to|and|until|or>) <the>?
        (?P<d2> {DAY}) )? <of>? (?P<month> <month>) (?: <dot>(?=<num|ord|year|comma|dash>) )? (?: {YEAR}
        | {REL} )? {POST}
    """,
    "mdy": r"""
        {PRE} {AT} {WEEKDAY} (?P<month> <month>) (?: <dot>(?=<num|ord|year|comma|dash>) )? <the>?
        (?P<d1> {DAY}) (?!<unit|units|month>) (?: (?P<sep> <dash|rule|slash|to|until> | <and|or>(?=<the>?
        {DAY} <^x>)) <the>? (?P<d2> {DAY}) (?!<month|unit|units>) )? (?: {YEAR} | {REL} )? {POST}
    """,
    "my": r"""
        {EDGE} (?P<dir> <the>? (?:<last|next|this|that|same|following|previous|past|coming>))?
        (?P<month> <month>) (?: <dot>(?=<num|ord|year|comma|dash>) )? (?: (?P<sep>
        <dash|rule|to|and|slash|or>) (?P<month2> <month>) )? (?: {YEAR} | {REL} )?
    """,
    "bareday": r"""
        (?:(?<=<on|until|by|since|between|and|from>) | (?P<at> <the>? {DAYPART} <of>)) (?P<weekday>
        <weekday> <comma>?)? <the> (?P<d1> <ord>) (?=<comma|dot|stop|x|close|and|in|at>)
    """,
    "year": r"""
        {EDGE} (?P<yearword> <unit|units>)? (?P<year> <year>) (?: (?P<dash> <dash|rule>) (?P<year2> <year>))?
        <bc>?
    """,
    "bc": r"{EDGE} <about>? (?:<year|int|num> <dash|to|and>)? (?P<year> <year|int|num|yspan> ) <bc>",
    "yspan": r"{EDGE} (?P<yspan> <yspan>)",
    "decade": r"{EDGE} <the>? (?P<decade> <decade|decadeword>) <bc>?",
    "century": r"""
        <the>? (?P<edge><early|late|mid> <dash>?)? (?P<ord> <ord|word> (?:<dash>? <ord>)?) <dash>?
        (?P<unit> <century>) <bc>?
    """,
    "yearseason": r"(?P<year> <year>) (?P<season> <season>)",
    "season": r"""
        {EDGE} {DIR}? <the>? (?P<season> <season>) (?: <comma|of|in>? (?: (?P<year> <year> |
        <int>(?=<bc>)) (?: <dash|slash> <num|year>)? | (?P<yspan> <yspan>)) <bc>? | {REL})?
    """,
    "holiday": r"<the>? (?P<holiday> <holiday>) {YEAR}?",
    "weekday": r"""
        {PRE} {AT} {DIR}? (?P<w1> <weekday>) (?P<p1> <early|late>? <part>)? (?: (?P<sep>
        <and|to|dash|slash|or|in|comma>) <the>? <early|late>? (?P<w2> <weekday>) (?P<p2> <part>)?)? (?:
        <comma>? <at>? <about>? (?P<clock2> <clock>) <local>{0,2})? (?P<week> <of>? <last|this|next>
        <unit>)?
    """,
    "dayword": r"""
        {PRE} (?P<el> <early|late|earlier|later> (?:<on>)?)? (?P<at> <the>? {DAYPART} <of>)? (?P<word>
        <today|yesterday|tomorrow|tonight|overnight>) (?P<post> <part>)? (?: <in> (?P<w2> <weekday>) |
        (?P<w1> <weekday>))?
    """,
    "beforeyesterday": r"<the> <unit> (?P<rel> <before|after>) (?P<word> <yesterday|tomorrow>)",
    "dirunit": r"""
        (?P<el> (?:<early|late|earlier|later|mid> (?:<in|on|dash>)?) | <the>? <begin|end|middle|half>
        <of> )? {DIR} (?P<n> {ABOUT} {COUNT})? (?P<unit> <unit|units|part|century>) (?P<post> <part>)?
    """,
    "unitdir": r"""
        <the>? (?P<n> {COUNT}) (?P<dir> <previous|past|last|following|next|coming>) (?P<unit>
        <unit|units>)
    """,
    "edgeunit": r"""
        (?P<el> (?:<early|late|earlier|later|mid> <in>) <the> | <the>? <begin|end|middle> <of> <the> |
        <the> <early|late> <begin|end|x> <of> <the>) (?P<unit> <unit>)
    """,
    "duringday": r"""
        (?<=<during|in|over>) <the>? <current>? (?P<unit> <unit>)(?!<of|before|after|dash>)
    """,
    "ago": r"""
        {ABOUT} (?P<n> {COUNT})? (?P<unit> <unit|units>) (?P<rel>
        <ago|earlier|later|before|after|previous|following>)
    """,
    "theunit": r"""
        (?P<at> <late|early>? )<the> (?P<unit> <unit|part>) (?P<rel>
        <before|after|earlier|later|following>)
    """,
    "thepart": r"""
        (?<=<in|at|by|during|over|until|since|before|after>) (?P<at> <the>? <early|late>? <dash>? <part>
        <units>? | <the> <early|half_day> <units>) (?: <and> <the>? <part>)?
    """,
    "firstunits": r"""
        <the>? (?P<o> <ord|last|early|final|begin|past>) (?P<n> {COUNT})? (?P<unit> <unit|units>)
        (?P<what> {WHAT})?
    """,
    "nthday": r"""
        (?:<the|its|this>)? (?P<o> (?:<word> (?:<dash>? <word>|<and> <word>){0,4} <dash>? <and>?)?
        <ord>) (?P<unit> <unit>) (?:(?P<row> <in> <a> <row>) | (?P<what> {WHAT}))?
    """,
    "dayn": r"(?P<unit> <unit>) (?P<n> <num|int>) (?P<what> {WHAT})?",
    "warstart": r"<the>? (?:<x>)? (?P<begin> <begin|end>) (?P<what> <of> {INNER}{0,6}? <war>)",
    "sincewar": r"""
        (?<=<since>) (?P<what> <^stop|comma|open>{0,6}? <war>)
        (?P<of> <of|in|on> <^stop|comma|num|int|ord|month|year|date|weekday>)?
        (?P<began> <began>)?
    """,
    "duration": r"""
        (?P<about> {ABOUT}) (?: (?P<n> {COUNT}) (?P<adj> <x>)? )? (?P<unit> <unit|units>) (?!<dash>)
        <long>? (?P<what> {WHAT})? (?P<old> <old>)?
    """,
    "length": r"""
        (?: <num|int|word> (?: <dash>? <num|int|word>)? <dash> | (?=<unit|units> <dash> <long>))
        <unit|units> (?: <dash>? <long>)? (?P<old> <dash>? <old>)?
    """,
    "set": r"""
        (?:<each> (?:<num|word|ord|vague>)? <unit|units|part|weekday|month|season> | <per> <unit> |
        <daily>)
    """,
    "present": r"<now>",
    "anaphor": r"""
        (?<=<at|by|during|from|since|until|over|in|about>) (?: <the>? <this|that|same> <same>? | <the> )
        <local|stretch>
    """,
    "clock": r"<clock> (?:<to|dash|and|or> <clock>)? <local>{0,2}",
    "nightattack": r"(?P<part> <part>) (?=<siege|war>)",
}
