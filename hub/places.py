"""England's nine regions, and which of them a county or large town lies in (Office for National Statistics' regions); and its neighbours."""

import re
from functools import lru_cache

_PLACES = {
    "North East": "north east, county durham, durham, northumberland, tyne and wear, newcastle, sunderland, gateshead, middlesbrough, teesside, hartlepool, darlington, stockton",
    "North West": "north west, cumbria, lancashire, greater manchester, manchester, merseyside, liverpool, cheshire, bolton, bury, salford, stockport, wigan, oldham, rochdale, "
    "blackburn, blackpool, preston, warrington, wirral, knowsley, sefton, st helens, carlisle, chester",
    "Yorkshire and the Humber": "yorkshire and the humber, yorkshire and humber, yorkshire, humber, humberside, leeds, sheffield, bradford, hull, doncaster, rotherham, barnsley, wakefield, "
    "huddersfield, halifax, calderdale, kirklees, north lincolnshire, north east lincolnshire, grimsby, scarborough, harrogate, york, east riding",
    "East Midlands": "east midlands, derbyshire, derby, nottinghamshire, nottingham, newark on trent, leicestershire, leicester, lincolnshire, lincoln, northamptonshire, northampton, rutland, mansfield, corby",
    "West Midlands": "west midlands, birmingham, coventry, wolverhampton, walsall, dudley, sandwell, solihull, staffordshire, newcastle under lyme, stoke, shropshire, telford, warwickshire, worcestershire, "
    "worcester, burton on trent, shrewsbury, herefordshire, hereford, black country",
    "East of England": "east of england, east anglia, norfolk, norwich, king's lynn, great yarmouth, suffolk, ipswich, bury st edmunds, lowestoft, cambridgeshire, cambridge, peterborough, huntingdon, essex, southend, thurrock, colchester, chelmsford, basildon, harlow, "
    "hertfordshire, stevenage, watford, st albans, hemel hempstead, welwyn garden city, luton, bedfordshire, bedford",
    "London": "london, greater london, newham, hackney, tower hamlets, camden, islington, lambeth, southwark, lewisham, greenwich, croydon, barnet, brent, ealing, enfield, haringey, "
    "harrow, havering, hillingdon, hounslow, kensington and chelsea, merton, redbridge, waltham forest, wandsworth, westminster, bromley, barking, bexley",
    "South East": "south east, kent, medway, canterbury, maidstone, tunbridge wells, surrey, sussex, brighton, hastings, eastbourne, hampshire, southampton, portsmouth, basingstoke, winchester, isle of wight, berkshire, slough, windsor, "
    "buckinghamshire, milton keynes, oxfordshire, oxford, banbury",
    "South West": "south west, cornwall, cornish, devon, plymouth, exeter, truro, weston super mare, torbay, somerset, bath, bristol, dorset, bournemouth, poole, wiltshire, swindon, gloucestershire, gloucester, cheltenham",
}
_NEIGHBOURS = {
    "Scotland": "scotland, scottish, edinburgh, glasgow, aberdeen, dundee",
    "Wales": "wales, welsh, cardiff, swansea, wrexham",
    "Northern Ireland": "northern ireland, northern irish, belfast, londonderry",
}
REGIONS = tuple(_PLACES)
"""England's nine."""


@lru_cache(1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    regions = {place.strip(): region for region, places in (_PLACES | _NEIGHBOURS).items() for place in places.split(",")}
    names = sorted(regions, key=len, reverse=True)  # "north lincolnshire" before "lincolnshire"
    any_of = "|".join(re.escape(n).replace(r"st\ ", r"st\.?\ ").replace(r"\ ", r"[\s-]+") for n in names)
    return re.compile(rf"(?<!\w)(?<!New )(?<!New South )(?:{any_of})(?!\w)", re.IGNORECASE), regions


def places_in(text: str) -> tuple[str, ...]:
    """The counties, large towns and regions that a text names, as it writes them. "reading" counts only with a capital."""
    pattern, _ = _pattern()
    return tuple(m.group() for m in pattern.finditer(text) if m.group()[0].isupper() or " " in m.group() or "-" in m.group())


def regions_in(text: str) -> tuple[str, ...]:
    """The regions that a text names, by themselves or by a place in them; in order, each once."""
    _, regions = _pattern()
    return tuple(dict.fromkeys(regions[re.sub(r"[\s-]+", " ", place.lower().replace("st.", "st"))] for place in places_in(text)))
