"""England's nine regions, and which of them a county or large town lies in (Office for National Statistics' regions)."""

import re
from functools import lru_cache

_PLACES = {
    "North East": "north east, county durham, durham, northumberland, tyne and wear, newcastle, sunderland, gateshead, middlesbrough, teesside, hartlepool, darlington, stockton",
    "North West": "north west, cumbria, lancashire, greater manchester, manchester, merseyside, liverpool, cheshire, bolton, salford, stockport, wigan, oldham, rochdale, "
    "blackburn, blackpool, preston, warrington, wirral, knowsley, sefton, st helens, carlisle, chester",
    "Yorkshire and the Humber": "yorkshire and the humber, yorkshire and humber, yorkshire, humber, humberside, leeds, sheffield, bradford, hull, doncaster, rotherham, barnsley, wakefield, "
    "huddersfield, halifax, calderdale, kirklees, north lincolnshire, north east lincolnshire, grimsby, scarborough, harrogate, east riding",
    "East Midlands": "east midlands, derbyshire, derby, nottinghamshire, nottingham, leicestershire, leicester, lincolnshire, lincoln, northamptonshire, northampton, rutland, mansfield, corby",
    "West Midlands": "west midlands, birmingham, coventry, wolverhampton, walsall, dudley, sandwell, solihull, staffordshire, newcastle under lyme, stoke, shropshire, telford, warwickshire, worcestershire, "
    "worcester, herefordshire, hereford, black country",
    "East of England": "east of england, east anglia, norfolk, norwich, suffolk, ipswich, cambridgeshire, cambridge, peterborough, huntingdon, essex, southend, thurrock, colchester, "
    "hertfordshire, stevenage, watford, luton, bedfordshire, bedford",
    "London": "london, greater london, newham, hackney, tower hamlets, camden, islington, lambeth, southwark, lewisham, greenwich, croydon, barnet, brent, ealing, enfield, haringey, "
    "harrow, havering, hillingdon, hounslow, kensington and chelsea, merton, redbridge, waltham forest, wandsworth, westminster, bromley, barking, bexley",
    "South East": "south east, kent, medway, canterbury, surrey, sussex, brighton, hampshire, southampton, portsmouth, isle of wight, berkshire, slough, windsor, "
    "buckinghamshire, milton keynes, oxfordshire, oxford",
    "South West": "south west, cornwall, devon, plymouth, exeter, torbay, somerset, bath, bristol, dorset, bournemouth, poole, wiltshire, swindon, gloucestershire, gloucester, cheltenham",
}
REGIONS = tuple(_PLACES)


@lru_cache(1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    regions = {place.strip(): region for region, places in _PLACES.items() for place in places.split(",")}
    names = sorted(regions, key=len, reverse=True)  # "north lincolnshire" before "lincolnshire"
    any_of = "|".join(re.escape(n).replace(r"\ ", r"[\s-]+") for n in names)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE), regions


def regions_in(text: str) -> tuple[str, ...]:
    """The regions that a text names, by themselves or by a place in them; in order, each once. "reading" counts only with a capital."""
    pattern, regions = _pattern()
    found = []
    for match in pattern.finditer(text):
        if not match.group()[0].isupper() and " " not in match.group() and "-" not in match.group():
            continue
        found.append(regions[re.sub(r"[\s-]+", " ", match.group().lower())])
    return tuple(dict.fromkeys(found))
