"""The README that lies beside a made-up force's files."""

README = """\
A made-up force. Everything here is invented: people, homes, streets, wards, troubles, flags and priorities.
Telephone numbers are Ofcom's numbers for drama (in a large force also others of 01632, the code of no place);
postcodes end in letters that no real postcode has. Accuracy measured on these files says nothing about real calls.

calls.csv        past calls, with this force's own columns, codes, local times and British National Grid
mapping.toml     how to read calls.csv:  everycall import calls calls.csv --mapping mapping.toml
calls.jsonl      the same calls in Everycall's own shape; import one of the two
flags.csv        what other systems know (flags.jsonl holds the same)
areas.geojson    wards:  everycall import areas areas.geojson --id-field code --name-field name
priorities.json  local priorities: one in force, one at other hours, one draft, one expired
places.csv       postcodes with eastings and northings
new-calls.jsonl  twenty new calls to assess:  everycall assess new-calls.jsonl
feed/            a live feed: files of calls of the day after the history, in order of time
truth.jsonl      what is true of every call: people, households, event, place, earlier incidents, and for the
                 new calls what ought to be found
truth/           what is true as tables: people, homes, events, what was asked, what could have been known when

Never import truth.jsonl or truth/: they are the answer sheet. docs/demo.md explains every column.

The two hours in October when the clocks go back are written alike in calls.csv, as in a real force's table.
"""
