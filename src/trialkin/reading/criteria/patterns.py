"""Every pattern that reads criteria, in one place: linear, over folded text, tested with pumped input.

Owns the regular expressions of the wing. Must not know: what is made of a match.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..patterns import Pattern


def holds(folded: str, words: Iterable[str]) -> bool:
    """Whether a text holds one of the words or parts of words: asked before a pattern that needs one is tried."""
    for word in words:  # half the time of any()
        if word in folded:
            return True
    return False


# -- contexts of a quantity -------------------------------------------------------------------------------------

BOUNDARY = Pattern(
    r"[;\n.](?:(?<=[;\n])|(?=\s|$)(?<!e\.g\.)(?<!i\.e\.)(?<! eg\.)(?<!etc\.)(?<! vs\.)(?<!prox\.)(?<! dr\.)"
    r"(?<! age\.)(?<!^age\.)"
    r"(?<! mos\.)(?<! wks\.)(?<! yrs\.)(?<! hrs\.)(?<! mo\.)(?<! wk\.)(?<! yr\.)(?<! hr\.))"
)
"""Where a statement ends for the purposes of looking left and right."""

ALLERGEN = Pattern(
    r"\b((?:r|n|rec|anti-)?(?:ara|bet|der|fel|can|gal|bos|phl|cor|jug|ana|car|pru|mal|api|ves|tri|ole|cry|amb|art"
    r"|par|alt|asp|bla|per|equ|mus|rat|hev|pen|ses|gly|sin|act|dau|cuc|lol|cyn|pla|sal|cha|fra) [a-z]) (\d{1,2})\b"
)
"""The name of an allergen, whose figure is no amount: "Ara h 2", "Bet v 1".

Source: WHO/IUIS allergen nomenclature."""
NAMING = Pattern(r"[^\W\d_]|%")
"""Without a letter or a unit, figures bound nothing, unless a heading names it."""
NAME_BEFORE = Pattern(
    r"\b(?:phase|visit|visits|type|types|version|versions|v|ver|vers|cohort|cohorts|arm|arms|part|parts"
    r"|group|groups|table|"
    r"appendix|section|figure|recist|icd|dsm|exon|exons|chapter|criterion|criteria|item|items|question"
    r"|questions|study|"
    r"protocol|amendment|hiv|hsv|hpv|htlv|covid|cov|sars|influenza|chromosome|codon|interleukin|cox|level"
    r"|levels of|"
    r"figo|ajcc|uicc|wave|generation|cycle|cycles|cycle of|days?|day -|week|weeks|month|months|no\.?|number"
    r"|nr\.?|#|nos\.?|"
    r"class of|dose level|factor|module|annex|option|schedule|score of the|form|regimen|serotypes?"
    r"|genotypes?|step|steps|"
    r"trisomy|mutation|residues?|kinase|brca|cd|il|beta|alpha|gamma|her|pd|ctla|nyse|the year|in|since|year"
    r"|years?|"
    r"sub-?study|tier|zone|site|room|line|lines|category|windows|android|interferon|glp|sglt|dpp|bcl|nct"
    r"|eudract|"
    r"period|stratum|strata|grades? of|vitamin b|h|omega|hepatitis|polio|mers|euro|eq|q|u|t|c|l|s|x|b"
    r"|covid 19|lupron)"
    r"[ :#.-]*$"
)
"""Words after which a number is a name, not an amount, unless a comparator stands between."""

VISIT_BEFORE = Pattern(r"\b(?:visits?|cycle|cohort|arm|part|phase|version|items? #)[ #-]*$")
"""What a number names even right after a scale: "MMSE at visit 2"."""
SCALE_BEFORE = Pattern(r"\b(?:scale|scales|range|ranges|ranging|vas|nrs|nprs|score)(?: (?:of|from|is))?[ :(,]*$")
ON_A_SCALE = Pattern(r"\bon (?:a|an|the) (?:scale (?:of|from) )?$")
SCALE_AFTER = Pattern(r" ?-?(?:point |cm |mm )?(?:scale|nrs|vas|numeric|numerical|rating|visual)\b")
"""What stands beside all the values of a scale: "on a 0-10 scale"."""
COUNTED_PEOPLE = Pattern(
    r" ?(?:healthy |consecutive |adult |male |female |eligible |evaluable |total |additional "
    r"|(?!(?:or|and|for|in|with|of)\b)[a-z]{2,12} ){0,3}"
    r"(?:patients|subjects|participants|individuals|volunteers|children|persons|people|women|men|males"
    r"|females|cases|"
    r"controls|adults|infants|respondents|students|families|couples|eyes will|nurses|physicians)\b"
)
OF_THE_FOLLOWING = Pattern(
    r" ?(?:or more |\(or more\) |or both |additional |other |major |minor |clinical |risk )*(?:of |from "
    r"|out of |among )?"
    r"(?:the |these |those |any |all |its |their |any of )*(?:following|below|above|criteri|listed"
    r"|conditions? (?:below|listed)|"
    r"of the(?:se|m)?\b|of \d\)|(?<=out of )\d+\b|of which"
    r"|of those|of these|[0-9]+ (?:following|criteria|symptoms|items|features))"
)
LEGEND_AFTER = Pattern(r" ?= ?[a-z]")
"""The meaning of a value of a scale: "0 = no symptoms"."""
PASSED = Pattern(
    r" ?(?:(?:must|should|will|shall|need to|needs to|has|have|had|since) )*(?:been )?(?:passed|elapsed)\b"
)
PAGES_BEFORE = Pattern(r"[0-9]\)? ?: ?$")
"""The volume before the pages of a cited paper: "2013; 1: 354-360"."""
TOLERANCE_AFTER = Pattern(r" ?(?:±|\+/-)")
STEROID_DAILY = Pattern(
    r"(?: of)?(?: oral)? (?:prednis(?:ol)?one|methylprednisolone|dexamethasone|hydrocortisone)"
    r"(?: or equivalent| equivalents?| \(or equivalent\))? ?(?P<weight>/ ?kg ?)?"
    r"(?:/ ?d(?:ay)?\b|per day\b|a day\b|daily\b)"
)
OTHER_UNIT = Pattern(
    r" ?-? ?(?:lead|dimension|d |drug|arm|step|item|point|year survival|mer|channel|way|phase|axis|part"
    r"|fold|layer|site|"
    r"stage|hit|vessel|level|view|tesla|item|question|g |k |-)\b"
)
CALENDAR = Pattern(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?,? ?(?:the )?$"
)
CALENDAR_AFTER = Pattern(
    r"(?:st|nd|rd|th)?(?: of)? ?,?-? ?(?:jan(?:uary)?|feb(?:ruary)?|march|april?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b|/\d{1,2}/\d|-\d{1,2}-\d|/\d{4}|\.\d{1,2}\.\d"
)
TEST_NAME = Pattern(
    r"(?:-| |- )?(?:urine|urinary|hour urine|walk|walking|recall|ambulatory|ecg|ekg|holter|lead|dimensional"
    r"|item|"
    r"survival|mortality|chair|sit|meter walk|postprandial|post-prandial|fast|fasting|ogtt|glucose"
    r"|oral glucose|sitting|"
    r"timed|creatinine|collection|blood pressure|abpm|ph monitoring|heart|test|tests|supply|recordings?"
    r"|dose|doses|"
    r"tablets?|capsules?|infusion|drip|protein|care|shift|day|hours? per|pure|of study drug|period between"
    r"|visit|"
    r"follow|term|risk|probability|interval|ultrasound|scan|mental|month visit|release)\b"
)

# -- time -------------------------------------------------------------------------------------------------------

EVENT = (
    r"(?:the |their |its |your |our |any |a |an |of |start of |day of |date of |time of |initiation of "
    r"|beginning of |"
    r"onset of |administration of )*"
)
RIGHT_ANCHOR = Pattern(
    r"(?: ?\)| ?\([^()\n]{0,60}\))?(?: (?:or (?:more|longer|less|greater)|period|interval|duration|time"
    r"|long|apart|"
    r"immediately|directly|just|observed|elapsed|window|timeframe|time period|preceding period"
    r"|or \d+ half-lives|full|total))*"
    r",?(?: ?\)| ?\([^()\n]{0,60}\))?,? ?(?:or sooner |and |whichever (?:is|was|comes) [a-z]{4,10},? )?"
    r"(?P<word>prior\b|before|preceding|previous(?:ly)?(?: to)?|since|after|following|from|ago\b|post\b"
    r"|earlier|in advance|"
    r"leading up|beforehand|antecedent|pre-?(?:dose|study|screening|treatment|randomi[sz]ation|enrol\w*"
    r"|op\w*|surgery|baseline)|"
    r"until|thereafter|afterwards?|post-?[a-z]+|subsequent to|removed from|measured from|out from|preceeding|beyond"
    r"|of (?:the )?(?:last|previous|prior)|"
    r"to (?:the )?(?:study|screening|enrol\w*|random\w*|baseline|entry|visit|first dose|inclusion"
    r"|registration|start|beginning|"
    r"treatment|surgery|informed consent|signing|initiation)|pre\b)"
)
OF_ANCHOR = Pattern(r"(?: ?\)| ?\([^()\n]{0,60}\))? ?(?:of|from|after|to)\b")
OF_PERIOD = Pattern(
    r" ?of (?:the |each |first |second |initial )*(?:section of the )?"
    r"(?:baseline|screening|run-?in|observation|(?:study|trial)(?! (?:drug|med|treat|prod|inter)))\b"
)
"""A part of the study's own calendar, which bounds nobody: "on each of the three days of the baseline period"."""
OF_STUDY = Pattern(
    r"(?: ?\)| ?\([^()\n]{0,60}\))? ?of (?:the |initial |first )*(?:enrol|random|screening|baseline|entry|visit"
    r"|registration|inclusion|signing|informed consent|(?:first )?dose|study (?:entry|start|day|enrol|drug start)"
    r"|treatment (?:start|initiation)|cycle 1|c1d1|day (?:0|1)\b|start)"
)
"""An event of the study itself: a time "of" it is counted from it."""
TIMES = Pattern(
    r"\b(?:(?P<least>at least|minimum(?: of)?)|more than) (?P<word>once|twice)\b(?! (?:dai|a day|per day|week|a week))"
)
COUNTED = Pattern(
    r"(?:level|lesion|line|regimen|episode|attack|metasta|site|lymph node|tumou?r|vessel|segment|cycle|relapse"
    r"|course|prior|previous)"
)
"""Of what a bare number may say how many there are."""
COUNTABLE = Pattern(
    r"-? ?(?:\([a-z]+\) )?(?:contiguous |adjacent |prior |previous |target |measurable |involved |vertebral "
    rf"|lumbar |cervical )*{COUNTED.pattern}"
)
LOOKS_BACK = tuple(
    "last past previous preceding prior recent preceeding final first next coming following upcoming subsequent initial"
    " early of approximately about full".split()
)
"""What a look-back ends in, brackets and commas apart."""
LOOK_BACK = Pattern(
    r"(?P<prep>\b(?:in|during|over|for|throughout|through|within|of|at|on|from|by|across)\b)?,? ?"
    r"(?:(?:the|their|at least the|at any time during the|his|her|any|a|any time in the|a period of|past or"
    r"|most) )*"
    r"(?P<which>last|past|previous|preceding|prior|recent|preceeding|immediate past|final"
    r"|immediately preceding|first|next|"
    r"coming|following|upcoming|subsequent|initial|early)[ ,]*(?:of |approximately |about |full )*\(?$"
)
IN_THE = Pattern(
    r"\b(?P<prep>in|during|over|throughout|within|inside)(?: (?:the|a|an|any|a period of"
    r"|last|every))*[ (]*$"
)
FOR = Pattern(
    r"(?:\b(?:for|lasting|lasted|lasts|last|persisting|persisted|over|despite|of|duration|period|throughout"
    r"|continuously|stable|"
    r"spanning|with|by|after|from|every|each|per|than)|[(,:])(?: (?:a|an|the|about|approximately|period"
    r"|periods|duration|of|"
    r"minimum|total|at|least|more|than|over|continuous|last|past|time))*[ (]*$"
)
SCHEDULE_BEFORE = Pattern(
    r"\b(?:every|each|q|per|once|twice|times (?:a|in a|per|every)|times"
    r"|x)(?: (?:other|the|a|a day|in|week|day|month))*[ (-]*$"
)
SCHEDULE_AFTER = Pattern(
    r" ?(?:times?|x|doses?|cycles?)(?: ?(?:per|a|/|each|every|daily|weekly))\b"
    r"|/(?:week|day|month|year)"
)
STUDY_PERIOD_AFTER = Pattern(
    r"(?:-| )?(?:long )?(?:of )?(?:the )?(?:study|trial|treatment|intervention"
    r"|follow-?up|observation|screening)\b"
)
STUDY_PERIOD_BEFORE = Pattern(
    r"(?:during|for|throughout|within|over)\b[^.;]{0,40}\b(?:study|trial|treatment|intervention"
    r"|follow-?up)(?: (?!and\b|or\b|plus\b)[a-z]+)? ?(?:duration|period|length|course)? ?\(?$"
)
FUTURE = Pattern(
    r"\b(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|intention|expect(?:s|ed|ing)?|anticipat\w+|schedul\w+"
    r"|will|likely|"
    r"wish(?:es|ing)?|become pregnant|going to|require\w* .{0,20}surgery|foreseen|upcoming|forthcoming|next"
    r"|coming|conceive)\b"
)
OFF = Pattern(
    r"\b(?:washout|wash-out|wash out|off|free|stop(?:ped)?|discontinu\w+|abstain\w*|abstinen\w+|refrain\w*"
    r"|without|withhold|"
    r"withheld|complet\w+|stable|steady|unchanged|ceas\w+|recover\w+|stability|elapsed|interval|passed"
    r"|delay\w*|wait|avoid\w*|interrupt\w*|"
    r"constant|regular|maintained|continuous\w*|on a|adequate contraception|use contraception"
    r"|effective contraception)\b"
)
SINCE_EVENT = Pattern(r"\b(?:at least|minimum|more than|greater than|longer than|over|>|≥)\b")
DISEASE_TIME = Pattern(
    r"\b(?:history|duration|symptoms?|diagnos\w+|disease|since onset|suffer\w*|pain|persist\w*|lasting"
    r"|lasted|known|"
    r"chronic|having|had|on|treated|treatment|therapy|taking|receiving|use|using|exposure|exposed"
    r"|refractory|unresponsive|"
    r"failed|failure|conservative|resident|residing|living|employed|smok\w+|stable|married|relationship"
    r"|worked|practice)\b"
)
LEAD_WORDS = frozenset(
    "must have has had having be been being is are was were the a an any of in at on to for and or with who that which "
    "patients patient subjects subject participants participant individuals women men should will can could may might "
    "not no known prior previous previously history currently current recent recently other all those these this "
    "include including includes use received receiving treated treatment evidence "
    "their his her its if as than also only either both by from within need needs able received".split()
)
AGE_RIGHT = Pattern(
    r"(?:-| )?\(?(?:old\b|of age\b|of ages\b|y\.?o\b|olds\b|older\b|in age\b|years of age|aged\b"
    r"|of chronological|age\b|of life\b|years old|"
    r"(?:or|and|and/or) (?:older|younger|above|over)\b)"
)
OLD = Pattern(r"\bold\b|older|younger|y\.o|y/o|\byo\b|years-old")
AGE_LEFT = Pattern(
    r"\b(?:age|ages|aged|older|younger|elder|old|age group|age range|age limits?|age between|year olds"
    r"|(?:their|his|her) age|"
    r"birthday|edad|adults?|age is|ago\b)\b(?!-)(?P<gap>\.?[^.;\d]{0,44})$"
)
THOSE_BEFORE = Pattern(r"\b(?:those|children|adults|minors|persons|people|patients|subjects) $")
"""The left of an age without a unit: "for those under 18"."""
AGE_SUBJECT = Pattern(
    r"(?:^(?:is|are|be|being)\b|^|\b(?:males?|females?|men|man|women|woman|adults?|patients?|subjects?|participants?|children"
    r"|child|infants?|volunteers?|individuals?|"
    r"persons?|people|adolescents?|boys?|girls?|sex|sexes|gender|genders|outpatients?|inpatients?|neonates?"
    r"|newborns?|"
    r"students?|donors?|recipients?|veterans?|smokers?|athletes?|toddlers?|youth|elderly|pediatrics?"
    r"|paediatrics?|geriatric|both|healthy|"
    r"caregivers?|parents?|residents?|controls?|workers?|population|parturients|females of|women of|men of"
    r"|aged|group|cases)"
    r"|[,:;(*-])(?: (?:is|are|must be|should be|be|who are|who is|with|and|or|of|between|the|from"
    r"|to))*[ (,:*-]*$"
)
AGES_END = Pattern(
    r" ?(?:$|[,.;)\]]|(?:with|who|and|of either|of both|undergoing|admitted|presenting|hospitali[sz]ed|inclusive|at)\b)"
)
CHILD_BEFORE = Pattern(
    r"\b(?:patients?|subjects?|participants?|children|child|infants?|neonates?|newborns?|boys?|girls?|babies|toddlers?"
    r"|adolescents?|paediatrics?|pediatrics?|volunteers|individuals|males?|females?)"
    r"(?: (?:patients|subjects|participants|who are|are|is|and|or|of|from|between|infants|children))*[ ,:(-]*$"
)
"""Whose ages two figures are: "children from 6 months to 17 years"."""
OF_AGE_BEFORE = Pattern(
    r"\b(?:guardians?|parents?|minors?|assent|consent|patients?|subjects?|participants?|themselves|being|if|when)"
    r"(?: (?:if|when|who are|are|is|for))*[ (,]*$"
)
"""Words before the age of consent without a unit: "legal guardian if under 18"."""
PEOPLE_BEFORE = Pattern(
    r"(?:^|\b)(?:men|women|males?|females?|adults?|patients?|subjects?|participants?|volunteers|children|adolescents"
    r"|individuals|persons|people|adult men and women)(?: who are| are)?,? ?(?:between |from |\()?$"
)
PEOPLE_AFTER = Pattern(r" ?(?:$|[,.;)]|with\b|who\b|inclusive|without\b|undergoing\b|of (?:both|either|any)\b)")
AGE_QUALIFIED = Pattern(
    r"\b(?P<which>gestational|bone|maternal|paternal|corrected|postmenstrual|post-menstrual"
    r"|postconceptional|postnatal|post-natal|menstrual|"
    r"mental|donor|adjusted|postconceptual|physiologic\w*|skeletal|estimated gestational|fetal"
    r"|developmental)(?: ages?)?\b[^.;\d]{0,30}$"
)
UNTIL_AGE = Pattern(r"\b(?:before|until|prior to|by)(?: (?:the )?age(?: of)?)? ?$")
OLD_THINGS = Pattern(
    r"\b(?:mri|ct|scans?|imag(?:es?|ing)|x-rays?|radiographs?|biops\w+|samples?|tissue|results?)\b"
)
"""What is older or younger without being a person: "MRI not older than 4 years before enrolment"."""
AGE_AT = Pattern(
    r" ?(?:old |of age )?(?:at|when|by) (?:the )?(?:time of )?(?P<event>diagnosis|onset"
    r"|menarche|first diagnosis|disease onset|initial diagnosis|transplant\w*|surgery)\b"
)
GESTATION = Pattern(
    r"(?:'|s'| of| completed|-)* ?(?:of )?(?:gestation\w*|pregnan\w+|amenorrh?ea|ga\b"
    r"|postmenstrual|post-menstrual|pma\b)"
)
LIFE = Pattern(
    r"\b(?:life[ -]?expectanc\w*|expectanc\w* of life|life span|lifespan|surviv(?:al|es?|ing)|expect\w* to live"
    r"|prognosis|life expectation|"
    r"likely to live|predicted to live|estimated life|expected life|to live"
    r")\b[^.;\d]{0,50}$"
)
LIFE_AFTER = Pattern(
    r" ?(?:of )?(?:expected |estimated |anticipated )?(?:life[ -]?expectanc\w*|survival"
    r"|expectancy|to live\b|life span)"
)

UNNUMBERED = Pattern(
    r"\b(?P<prep>within|in|during|over|for|throughout)(?P<least> at least)?(?: (?P<article>the|a|an"
    r"|at least a))?"
    r"(?P<which>(?: (?:last|past|previous(?:ly)?|prior|preceding|full|immediate|immediately preceding|preceeding"
    r"|first|next|coming)){0,2}) "
    r"(?P<unit>year|month|week|day|hour)\b(?:(?<=first year)|(?<=first month)|(?<=first week)|(?<=first hour)"
    r"|(?! ?(?:of\b(?! (?:study|screening|enrol|random|baseline|entry"
    r"|the (?:study|screening|first))|of)|[0-9-]|period)))"
)
TO_LAST = Pattern(
    r"\b(?:should|must|can|may|will|to|that|which|usually|typically|generally|headaches?|attacks?|bouts?|symptoms"
    r"|episodes?) last(?: about| approximately)? ?\(?$"
)
"""The verb, not the look-back: "bouts should last 4 weeks"."""
ENDED = Pattern(r" ?(?:$|[,.;)]| or [>≥])")
WASHOUT = Pattern(
    r"\bwash-? ?out(?: periods?| times?| intervals?)?(?: (?:of|is|for|was|are|at least))*(?: [^.;]{1,20} or)? ?\(?$"
)
RECENT = Pattern(r"\brecent(?:ly)?\b[^.;()]{0,60} \($")
"""The left of a time in brackets that says how recent: "recent surgery (< 6 months)"."""
STABLE = Pattern(r"\b(?:stable|unchanged)\b")
STABLE_AFTER = Pattern(
    r" ?-?(?:of )?stable (?:dos|treat|regimen|therap|medic)[a-z]{0,8} (?:before|prior|preceding)"
)
"""The right of "30 day stable dose before visit 1"."""
WITHHELD = Pattern(
    r"\b(?:wash-? ?out|withh[eo]ld\w*|able to stop|stop(?:ped|ping)? (?:taking )?[a-z0-9-]+|free of)\b"
)
FOR_ANOTHER = Pattern(r" (?:for|if|in case of|in the case of) (?=[a-z])")
CONTRACEPTION = Pattern(r"contracep|birth control|abstain|abstinen|donat|barrier|condom|pregnan|breast")
"""What goes on for some time after the last dose: "during the study and 4 months after"."""
PRONOUN = Pattern(r"\W*(?:(?:it|this|they|these|(?:the |this |these )?(?:values?|levels?|results?))\b)")
"""What stands for something measured that the statement before names."""
EQUAL_BEFORE = Pattern(r"(?<!or )\bequals?(?: to)? ?$")
DEFINED = Pattern(r"\b(?:1|one) [a-z]{2,12}(?: [a-z]{2,12})? ?$")
"""The left of a definition: "1 cup = 250 ml"."""
CEASED = Pattern(
    r"\b(?:cessation|quit(?:ting)?|stop(?:ped|ping)?)\b(?: [a-z]{2,12}){0,2} (?:for|interval(?: of)?) ?$|\(wait ?$"
)
"""The left of how long ago something ended: "smoking cessation for less than 6 weeks"."""
FREE = Pattern(
    r"\b(?:free of|free from|free for|disease free|-free|washout|wash-out|wash out|discontinu\w+|stopp\w+"
    r"|abstinen\w+|abstain\w*"
    r"|off|withdrawn|withheld|not (?:taken|used|received)|dat(?:e|ed|es|ing) back)\b"
    r"[^.;]{0,60}$"
)
RESOLVED = Pattern(
    r"\b(?:recover\w*|resol\w+|return\w*|improv\w+|decreas\w+|reduc\w+|revert\w*"
    r"|down)\b[^.;]{0,80}\bto(?: nci| ctcae| at least|(?: [a-z]+)?| baseline (?:or|and/or)(?: to)?)?[ (]*$"
)

_THE = r"(?:(?:the|this|their|your|any|a|each|his|her|written) ){0,3}"
_STEP = (
    r"(?:(?:time|day|date|start|starting|initiation|initiating|beginning|commencement|administration|receipt|receiving"
    r"|completion|end|duration|discontinuation|first|initial|last|final|1st) (?:of |to |with )?"
    rf"{_THE}(?:(?:dose|day|administration|infusion|injection|intake) of {_THE})?){{0,3}}"
)
_GIVEN = (
    r"(?:drugs?|treatments?|medications?|(?:medicinal |drug )?products?|therap(?:y|ies)|interventions?|agents?"
    r"|vaccines?|vaccinations?|imp|procedures?|visits?|entry|enrol?lment|inclusion|start|registration|participation|initiation"
    r"|screening|period|duration|assessments?|dos(?:e|ing)|administration|baseline|completion|day 1)"
)
_STUDY_EVENT = (
    r"(?:(?:study|trial|protocol|randomi[sz]ed|(?:(?<=dose of )|(?<=the ))investigational)"
    r"(?:[- ](?:specific|related|specified|mandated))?"
    rf"(?: {_GIVEN}){{0,2}}"
    r"|(?:treatment|therapy|dose) (?:initiation|start)"
    r"|(?:(?<=start of )|(?<=ation of )|(?<=rting ))(?:treatment|therapy)"
    r"|(?:first|initial|1st|last|final|pre-?) ?(?:scheduled |planned )?(?:dose|dosing|administration|infusion|injection"
    r"|treatment|vaccination|visit)"
    r"|(?:screening|enrol?lment|randomi[sz]ation|registration|baseline|inclusion|entry|recruitment|dosing|enrolling"
    r"|entering)(?: (?:visit|period|phase|assessment|date|day|into|in(?:to)? (?:the|this) (?:study|trial)))?"
    rf"|(?:signing|signature|obtaining|providing|giving|provision) (?:of )?{_THE}(?:informed )?(?:consent|icf)"
    r"(?: form)?(?: ?\(icf\))?"
    r"|(?:study )?(?:day|visit) -?[0-9]{1,2}|cycle 1(?:,? day 1)?|c1d1)\b"
)
_RELATIVE = r"(?:prior to|before|preceding|after|following|since|from|(?<=time )of|(?<=date )of|(?<=day )of)"
STUDY_TIME = Pattern(
    rf"[ (](?:{_RELATIVE}|at|during|throughout|until|upon|within|of|in|to|on|for|between|while in) "
    rf"{_THE}{_STEP}{_STUDY_EVENT}"
    rf"(?:(?:,? ?(?:\(|/|\bor\b|\band\b|and/or))+ ?(?:{_RELATIVE} )?{_THE}{_STEP}{_STUDY_EVENT}){{0,3}}"
    rf"|[ (]{_RELATIVE} {_THE}informed consent(?: form)?"
)
"""A step of the study itself, as a point in time: "prior to the first dose of study drug", "at the time of signing the
informed consent". It states no condition, and what it names is none. A space stands before it."""

EVENT_END = Pattern(
    r"\b(?:within|during|for (?:at least|more than|over|the|a)|(?:in|over|for) the (?:last|past|previous"
    r"|prior|preceding)|at least|up to)\b"
)

# -- bounds for different people --------------------------------------------------------------------------------

_WHOSE = r"(?:adult|adults|healthy|post-?menopausal|premenopausal|non-?pregnant|biological|the|all|both)"
SEX_AFTER = Pattern(rf"[ ,]*[(\[]?(?: ?(?:for|in|if|among|when|is|are|-))?(?: {_WHOSE})*[ (]*")
"""What stands between a bound and the sex it is for: "≥ 12 g/dL (women)", "≥ 12 g/dL for women"."""
SEX_BEFORE = Pattern(
    r"[)\]]?(?: (?:patients|subjects|participants|volunteers|individuals))?[ :,=(-]*(?:[^;\n()]{0,50})?"
)
"""What stands between a sex and the bound for it: "women: creatinine ≤ 1.3", "men aged 18"."""
UNDER = Pattern(
    r"\b(?:if|when|in (?:the )?(?:case|cases|presence|setting|event) of|with|who have|having|except|unless|for|in"
    r"|due to|attribut(?:ed|able) to|secondary to)\b"
)
_SOME = r"(?:patients|subjects|participants|those|individuals|people|persons|children|adults)"
_HAVING = rf"(?:(?:(?:in|for|among) )?(?:the )?{_SOME} )?(?:with|who have|having|that have)"
_SURE = (
    rf"(?:if|when|in (?:the )?(?:case|cases|presence|setting|event) of|{_HAVING}|(?:and )?due to|attribut(?:ed|able) to"
    rf"|secondary to|except (?:for |in )?(?:{_SOME} with)?|unless)"
)
_ASKED = (
    r"(?:(?:the|a|an|known|documented|there|is|are|they|have|has|patients?|subjects?|participants?|evidence|presence|of|with"
    r"|elevat(?:ed|ion)|due|to|because|considered|present) )*"
)
_WHAT = (
    r"(?P<what>(?:(?!(?:who|which|where|must|should|may|then|is|are|in which|otherwise)\b)"
    r"[a-z][a-z0-9'/-]{0,40}+[ ]?){1,9})"
)
CONDITION_AFTER = Pattern(rf"[ ,;)]*[(\[]?(?:(?P<sure>{_SURE})|for|in) {_ASKED}{_WHAT}")
"""What a bound asks for besides: "if liver metastases", "in patients with Gilbert's syndrome"."""
CONDITION_BEFORE = Pattern(
    rf"\b(?:(?P<sure>{_SURE})|for|in) {_ASKED}{_WHAT}"
    r"(?:[,:)]|who|which|where|\b)(?: ?(?:in which case|who|which|where|they|must|should|may|then|is|are|have|has"
    r"|be|of|a|level|levels|value|values|up to|it|,|:|\(|allowed|permitted|acceptable))* ?$"
)
"""The same before the bound: "for subjects with liver metastases, ≤ 5 x ULN"."""
RANGE_BETWEEN = Pattern(r" ?(?:old|of age)? ?,? ?(?:to|-|and|through|until|but|up)? ?")
"""What stands between the two ends of a range."""
LEADING_ON = Pattern(r" ?(?:[,;(.]|(?:or|and|but|except|unless)\b)[^)]*$")
"""What follows a bound where a new one begins, not a remark to it that ends."""

# -- counts and measures ----------------------------------------------------------------------------------------

COUNT_AFTER = Pattern(
    r" ?(?:or (?:more|fewer|less|greater) )?(?:of )?(?P<noun>(?:[a-z][a-z0-9'/+-]*)(?: [a-z(][a-z0-9'/+()-]*){0,3})"
)
ONE_MUST_BE = Pattern(r" (?:of (?:the |these )?)?[a-z-]{3,20} (?:should|must|has to|have to|needs to) be\b")
"""The right of "at least one complication should be hypertension", which counts nothing."""
HER2_IHC = Pattern(
    r"\bihc\)?[^;.0-9]{0,40}?(?P<first>[0-3])(?:\+|(?= ?(?:,|/|or|to|-) ?(?:ihc ?)?[0-3]\+))"
    r"(?P<rest>(?:(?: ?(?:,|/|or|and|to|-) ?){1,2}(?:ihc ?)?[0-3]\+){0,3})"
)
"""The score of HER2 by immunohistochemistry: "HER2 IHC 2+ or 3+"."""
BARE_COUNT = Pattern(
    r"(?:^|\b(?:complet\w+|received|receiving|undergone|had|experienced|failed|after)(?: of)?"
    r"(?: (?:a|the|prior|previous|total of))*) ?$"
)
COUNTED_COURSE = Pattern(
    r"(?:cycles?|courses?|lines?|episodes?|attacks?|exacerbations?|relapses?|hospitali[sz]ations?|injections?|doses)\b"
)
"""What a bare number counts as a minimum: "completion of 4 cycles"."""
NOT_COUNTED = frozenset(
    (
        "about above after and are as at be before below but by criteria criterion dimension fold following for from h "
        "if in is of on or over per point points since than that the time times to under was were when "
        "where which who with x "
    ).split()
)
RATE_AFTER = Pattern(
    r",? ?(?:times?|x|occasions|days)?,? ?"
    r"(?:(?:per|an?|each|every|in a|/) ?(?P<per>day|week|month|year)\b|(?P<ly>daily|weekly|monthly|yearly|annually)\b)"
)
"""How often: "two or more a year", "at least 4 attacks per month"."""
RATES = {
    "day": "/d", "daily": "/d", "week": "/wk", "weekly": "/wk", "month": "/mo", "monthly": "/mo",
    "year": "/a", "yearly": "/a", "annually": "/a",
}  # fmt: skip
RATE_WORDS = frozenset(
    {"a", "an", "each", "every", *(word for word in RATES if word.endswith("ly") or word == "daily")}
)
SCORE_WORD = Pattern(
    r"\b(?:score|scores|scale|index|grade|rating|questionnaire|inventory|subscale|sub-scale|item|step|level"
    r"|severity|scored|"
    r"points|checklist|assessment|survey|rated|rank|class|status|test)\b"
)
NUMBER_ONLY_WORD = Pattern(
    r"\b(?:ratio|number|count|version|parity|gravida|lines?|copies|quotient|times"
    r"|rate|stage|inr|ph)\b"
)
COMMA_CONTEXT = Pattern(r"[(),]")
CHANGE_AFTER = Pattern(
    r" ?(?:bronchodilator |bronchial |fev1 |airway |body |weight |spontaneous |improvement |relative )*"
    r"(?:reversibility|increase|decrease|reduction|weight loss|improvement|change|loss|larger|greater"
    r"|stenosis|variability|blasts|rise|of predicted|predicted|of (?:the )?normal)\b"
)
CHANGE_BEFORE = Pattern(
    r"\b(?P<noun>(?:change|increase|decrease|reduction|improvement|reversibility|variability|fall|drop|decline|rise|loss)"
    r"(?: in [a-z0-9]{2,20})?) of (?:about |approximately )?$"
)
DOSE_UNITS = Pattern(r"(?:mg|ug|g|\[IU\]|U|mL|meq)(?:/kg|/m2)?(?:/d|/wk|/h)?$")

# -- scales -----------------------------------------------------------------------------------------------------

SCALE_FILL = (
    r"(?:[ :,(\[\]/)-]|functional|cardiac|classification|classes|class|stages|stage|grades|grade"
    r"|status|score|scores|type|types|of|is|level|levels|category|heart failure|symptoms|ps|being|either"
    r"|with|a|the|according to|at least|disease|liver|function|cirrhosis|least|severity|group|groups|nyha"
    r"|hf|chf|fc|asa|figo|ajcc|risk|clinical|pathologic|system|tnm|skin){0,10}?"
)
ROMAN = r"(?:viii|vii|iii|vi|iv|ix|ii|v|i|[ⅰ-ⅸ])(?:[abcd][0-9]?|[0-9](?![0-9]))?"
SCALE_VALUES: dict[str, Pattern] = {}
for _name, _value in (
    ("roman", ROMAN),
    ("stage", rf"(?:{ROMAN}|[0-4](?:[abcd][0-9]?)?)(?:e|s|x)?"),
    ("letter", r"(?:[a-e])(?:[0-9](?![0-9]))?"),
):
    SCALE_VALUES[_name] = Pattern(
        r"(?P<left>>/=|>=|≥|>|<=|≤|<|at least|greater than or equal to|more than or equal to|greater than"
        r"|higher than|more than|"
        r"less than or equal to|less than|lower than|above|below|worse than|up to|not more than|exceeding"
        r"|beyond)?"
        rf"(?: ?(?:or|to|than|nyha|class|stage|grade|functional|child-?pugh"
        rf"|asa) ?){{0,2}} ?\(?(?P<first>{_value})\)?(?![a-z0-9])"
        rf"(?P<rest>(?:(?: \([^()\n]{{1,30}}\))? ?(?:,? ?(?:-|to|through|/|or|and/or|and|&|,|~|up to) ?,?)"
        rf" ?(?:or |class |stage |stages |grade |type |nyha |child-?pugh "
        rf"|asa )?\(?{_value}\)?(?![a-z0-9])){{0,6}})"
        r"(?P<post> ?,? ?(?:or|and|and/or|/) ?(?:above|higher|greater|more|worse|over|beyond|later|up|below"
        r"|lower|less|earlier|under|better|milder|advanced|"
        r"more (?:severe|advanced)|more))?"
    )
JUDGED = Pattern(r"\b(?:better|worse)\b")
"""What is lower on a scale whose high end is bad, and higher on one whose high end is good."""
SCALE_VALUE_SPLIT = Pattern(r"[^a-z0-9ⅰ-ⅸ]+")
T_STAGE = Pattern(
    r"(?:\b|(?<=[0-4x]))[cpyu]{0,2}(?P<part>[tn])(?P<low>[0-4])[a-d]? ?(?:-|to|/|~|or|,? (?=[tn])"
    r"|and) ?(?:[cpyu]{0,2}(?P=part))?(?P<high>[1-4])(?![0-9])"
)
COMPARE_BEFORE_SCALE = Pattern(
    r"(?P<left>>/=|>=|≥|>|<=|≤|<|at least|greater than or equal to|more than or equal to|greater than"
    r"|higher than|more than|"
    r"less than or equal to|less than|lower than|above|below|worse than|up to|exceeding|beyond"
    r"|better than)(?: (?:or equal to|a|an|the|class|stage|grade|to))* ?$"
)
STAGE_SYSTEM = Pattern(
    r"\b(?:(?P<ajcc>ajcc|uicc|american joint committee on cancer)|(?P<figo>figo)|(?P<annarbor>ann[ -]arbor|lugano))\b"
)
EDITION = Pattern(
    r"\b(?:ajcc|uicc|figo|tnm|cancer)\b(?:[ /(]*(?:ajcc|uicc|tnm|cancer staging|staging|stage|system|classification"
    r"|manual|version|edition|ed\.?|v\.?|the))*[ ,(.]*(?:(?P<before>[678]|19[0-9]{2}|20[0-2][0-9])(?:th)?(?![0-9.])"
    r"|(?P<word>sixth|seventh|eighth) ed)|\b(?P<ordinal>[678])th ed(?:\.|ition|n)?\b"
)
LOW_SIDE = Pattern(r">|≥|at least|greater|higher|more|above|worse|exceed|beyond|over|later|\bup\b(?! to)|advanced")
INCLUSIVE = Pattern(r"=|≥|≤|equal|at least|up to|not more")

DEGREES = ("mild", "moderate", "severe")
_DEGREE = r"(?:very )?(?:mild|moderate|severe)(?: (?:persistent|intermittent))?"
SEVERITY = Pattern(
    r"(?P<left>>/=|>=|≥|>|<=|≤|<|\b(?:at least|greater than or equal to|more than|greater than|higher than"
    r"|worse than|above|exceeding|no more than|not more than|no worse than|not worse than|less than|lower than"
    r"|milder than|below|up to))"
    rf" ?(?:a |an |the )?(?P<degree>{_DEGREE})\b"
    rf"|\b(?P<first>{_DEGREE}),? (?:or|and|and/or) "
    r"(?P<post>worse|greater|higher|more severe|more|above|better|milder|less severe|less|lower|below)\b"
)
"""A degree that a comparator bounds: "more than moderate", "moderate or worse"."""
TURNED = Pattern(r"no")
"""How a comparator begins whose side is the other: "no worse than"."""
DEGREE_OF = Pattern(
    r",? (?:(?:to severe|in severity|severity|degree of|level of|of) )*"
    r"(?P<noun>(?!(?:at|in|on|by|as|is|are|or|and|for|with|per|according|based|than|that|which|who|to)\b)[a-z][a-z-]+"
    r"(?: (?!(?:at|in|on|by|as|is|are|or|and|for|with|per|according|based|than|that|which|who|to|requiring|of|within"
    r"|defined|despite|caused|due|during|prior|where|if)\b)[a-z][a-z-]+){0,2})"
)

INTRODUCING = frozenset(
    "history diagnosis diagnoses diagnosed evidence presence suffering suffer treatment therapy known previous prior"
    " undergone undergoing allergy hypersensitivity receiving symptoms signs received active severe uncontrolled"
    " symptomatic clinically acute chronic use".split()
)
PEOPLE_WITH = ("ts with ", "ls with ", "ns with ", "ose with ", "ople with ")
"""A text without any of these words, and of these endings before "with", introduces nothing."""
INTRODUCED = Pattern(
    r"\b(?:history of|diagnos(?:is|es) of|diagnosed with|evidence of|presence of|suffering from|suffer from"
    r"|treatment with|therapy with|"
    r"known|previous|prior|undergone|undergoing|allergy to|hypersensitivity to|receiving|symptoms of"
    r"|signs of|received|active|severe|"
    r"uncontrolled|symptomatic|clinically significant|acute|chronic|use of"
    r"|(?:patients?|subjects?|participants?|individuals|those|persons|people) (?:with|suffering)) "
    r"(?:or |a |an |the |any |other |another |known |severe |active |prior |previous |current |significant "
    r"|clinically )*"
    r"(?P<noun>[a-z][a-z0-9'/-]*(?: [a-z][a-z0-9'/-]*){0,3})"
)
NO_CONDITION = frozenset(
    "and/or condition conditions day days disease dose doses during enrollment enrolment experience exposure factors"
    " first forms grade history intervention last less level line medical month months more no one"
    " participation patient patients"
    " phase plan results signs study symptom symptoms text their therapy three treatment trial trials two up use visit"
    " visits week weeks written year years".split()
)
"""First words of what "previous" and its like introduce without naming a condition."""
ENDING = frozenset(
    "according associated available based because caused confirmed defined despite documented due eligible equal"
    " equals except excluded including involving lasting like not per permitted related requiring resulting such"
    " suspected through treated unless using whose would without".split()
)
"""Words that go on after a name."""
ADJECTIVES = frozenset(
    "abnormal acquired active acute chronic concurrent congenital current greater major mild moderate ongoing"
    " oral type full-dose orbital eosinophilic inflammatory complete absolute incomplete persistent serious severe"
    " stable systemic topical uncontrolled"
    " underlying unknown secondary primary screening dosing each adequate more other".split()
)
"""Last words of what they introduce where the name itself is missing."""
WHEN_TREATED = dict.fromkeys(
    "prior previous previously past history received undergone underwent completed".split(), "prior therapy"
) | dict.fromkeys(
    "concurrent concurrently concomitant concomitantly ongoing current currently receiving taking on using use require"
    " requires requiring need simultaneous".split(),
    "concurrent therapy",
)
"""Words shortly before a treatment that say whether it is over or goes on."""

# -- polarity, exceptions, groups --------------------------------------------------------------------------------

NEGATION = Pattern(
    r"\b(?:no|not|without|absence of|absent|never|free (?:of|from)|denies|negative for|none of|neither|nor"
    r"|lack of|lacking|lack|cannot|can't|haven't|hasn't|don't|doesn't|didn't|isn't|aren't|wasn't|weren't"
    r"|unable to|inability to|unable or unwilling to|exclusion of|excluding|ruled out|rules? out|failure to"
    r"|fail(?:s|ed)? to achieve|nil|devoid of|must not|naive to|naïve to"
    r"|prevent(?:s|ing)?|preclud(?:es?|ing)|prohibit(?:s|ing)?|unability to"
    r"|unavailability of|refus(?:es?|ed|al) (?:to|of)|unwilling(?:ness)? to)\b"
)
DENYING_WORD = Pattern(
    r"(?:no|not|nor|nil|un|ruled?|rules)\Z|non|without|absen|never|free|denies|negative|neither|lack|cannot|inability"
    r"|exclu|fail|devoid|na[iï]ve|except|apart|aside|besides|prevent|preclud|prohibit|refus|una|unwill|unless|outside"
)
DENYING = ("n't", "other than")
"""Where no word of a text is such a word, and none of these stands in it, nothing is denied or excepted."""
NEGATED_PREFIX = Pattern(r"\b(?:non|un)[- ]?$")
NEGATION_NOT = Pattern(
    r"\b(?:not only|no (?:more|less|fewer|greater|later|earlier|longer|older|younger|sooner) than"
    r"|not (?:more|less|fewer|greater|limited|exceed\w*|later|older|younger) (?:than|to)|"
    r"to prevent|not restricted to|not (?:resuscitate|intubate)|not exceed\w*|not limited to|but not"
    r"|whether or not|no matter|regardless|not necessarily|no change"
    r"|not applicable|no increase|with or without|"
    r"has not (?:fully |completely )?(?:recovered|resolved)|not (?:fully |completely |adequately "
    r"|well )?(?:recovered|resolved|controlled)|"
    r"not (?:yet )?(?:been )?(?:established|known|previously specified|specified)|non-?(?:small|hodgkin\w*"
    r"|melanoma\w*|invasive|alcoholic|steroidal|ischemic|metastatic|compliance|compliant|insulin|squamous|"
    r"muscle|pharmacologic\w*|english|therapeutic|interventional|investigational|randomi[sz]ed|cardiac"
    r"|study|verbal|viral|infectious|clear|seminoma\w*|st|q|diabetic|obese|resectable))\b"
)
NEGATION_END = Pattern(
    r"[;\n]|\.(?<!e\.g\.)(?=\s|$)|: (?<!\bnot: )(?<!\bno: )(?<!following: )(?<!these: )(?<!below: )"
    r"|\b(?:but|however|although|that would|which|who|if|due to|because|caused by|secondary to|as determined by"
    r"|as assessed by|based on"
    r"|(?:confirmed|detected|documented|controlled|explained|relieved|managed|addressed|accounted for) (?:by|on|with)"
    r"|either by|on (?=(?:[a-z-]{1,15} ){0,2}(?:imaging|mri|ct|scans?|angiogra\w+|x-?rays?|radiogra\w+|ultrasound"
    r"|examination|echocardiogra\w+|ecg|ekg|biopsy|tests?|testing|screening)\b)|findings (?:on|of|in)"
    r"|following an?|before|after|during|prior to|affecting|impairing"
    r"|(?:improve(?:d|ment)?|respon(?:d(?:ed|ing|s)?|se)|relief|benefit|success|remission)"
    r"(?: (?:in|of|[a-z]{4,15})){0,3} (?:with|to|from|after|following|despite)"
    r"|for reasons|contraindications? (?:to|for|of)|contra-indications? (?:to|for)"
    r"|requiring|that (?:affect|could|may|might|in)|in order to|defined as"
    r"|adequately (?:respond\w*|controlled) (?:to|by)"
    r"|and (?:has|have|is|are|must|(?=no\b|not\b)|able|willing|adequate|with|who|a history|history)|(?=nor\b)"
    r"|(?P<except>except(?:ing|ions?)?|unless|other than|apart from|aside from|besides)\b|\d\))"
)
"""Where a negation's scope ends: a new statement, the means that showed it, the time it is counted from."""
SHORT_NEGATION = Pattern(r"(?:not|unable|unwilling|inability|cannot|lack|unability|failure|excluding|refus)")
"""Negations that reach no further than the next comma; "no" and "without" reach over a list."""
DENYING_VERB = Pattern(r"prevent|preclud|prohibit")
BEYOND_OBJECT = Pattern(r"[(,]|\b(?:or|and|of|such as|e\.g)\b")
"""What ends the object of a verb that denies."""
PERMITTING = ("allow", "permit", "accept", "eligible", "authori", "exclu", "be included", "be enrolled")
PERMITTED = Pattern(
    r"[^.;\n()]{0,80}?\b(?:(?:is|are|will be|may be|would be|can be) (?:also |still )?"
    r"(?:allowed|permitted|acceptable|eligible|authori[sz]ed|allowable|accepted)"
    r"|(?:allowed|permitted|acceptable|authori[sz]ed)(?= ?[);.]|$)"
    r"|(?:can|may) (?:also |still )?be (?:included|enrolled)"
    r"|(?:will|would|does|do|is|are) not (?:be )?exclu|not an exclusion)"
)
"""Words after a condition that allow it."""
BESIDE = Pattern(r"\b(?:for|requiring|due to|to|whose|who|during|after)\b")
"""What only describes that which is allowed: "steroids for asthma are allowed"."""
NEGATION_AFTER = Pattern(
    r"[^.;,\n]{0,30}?\b(?:is|are|was|were|be|been|being|has been|have been) (?:absent|ruled out|not present"
    r"|not detected)\b"
    r"|[ -]?(?:is |are |was |were |must be |test |test result )?negative\b|[ -]na[iï]ve\b"
    r"|[^()\n]{0,60}? (?:is |are )?(?:not (?:included|eligible|allowed|permitted|acceptable)|excluded)(?=\))"
)
THE_STUDIED = Pattern(r"\b(?:the|this|their) (?:current|present|index|same|target|studied|study) (?:primary )?$")
"""What makes of any malignancy the one that is studied."""
MALIGNANT = Pattern(
    r"\b(?:carcinomas?|cancers?|tumou?rs?|neoplas\w+|melanomas?|lymphomas?|in situ|leuk[ae]+mias?|malignan\w+)\b"
)
NOT_A_MEMBER = Pattern(
    r"\b(?:no|not|without|who|which|that|is|are|was|were|must|have|has|had|history|any|within|patients|subjects)\b"
)
"""What shows that a new statement began after the comma of a list."""
EXCEPTION = Pattern(
    r"\b(?:except(?:ing|ion of|ions?)?(?: for| of| if| when| in)?|unless|other than|with the exceptions? of"
    r"|excluding|apart from|aside from|"
    r"exclusive of|does not apply|outside of)\b"
)
EXCEPTION_END = Pattern(r"[;\n)]|\.(?=\s|$)")
CONNECTORS = frozenset({"or", "and", "&", "+", "following", "these", "below"})
"""A text with none of these words joins nothing."""
GROUPING = ("following", "these", "below", "meet", "either:")
"""A text without any of these announces no group."""
GROUP = Pattern(
    r"\b(?P<all>all of the following|both of the following|each of the following|all the following"
    r"|must meet all|meets? all)|"
    r"\b(?P<none>none of (?:the following|these))|"
    r"\b(?P<any>any of the following|one or more of the following|either of the following"
    r"|(?:any one|at least one|at least 1|one|1)(?: \(1\))?(?: or more)? of (?:the following|these)"
    r"|any of these|either(?=:))|"
    r"(?:\bat least |\bminimum of |≥ ?|>= ?|\b)(?P<n>two|three|four|five|2|3|4"
    r"|5)(?: \(\d\))?(?: or more)? (?:of|out of|from) (?:the )?(?:\d |\w+ )?(?:following|these|below)"
)
AT_MOST = Pattern(r"(?:no more than|not more than|less than|fewer than|at most|up to|only|<) ?$")
LIST_CUT = Pattern(r";|\n|(?:(?<=[ (,])|^)\(?(?:[1-9]|[a-h]|i{1,3}|iv)[.)](?=\s)")
"""What parts the members of a list inside an item."""
JOINS_NEXT = Pattern(r"\b(or|and)[ ;,.:]*$")
SIDE_BY_SIDE = Pattern(r"(?: (?:of|with|in|from|to|by|the|a))* ?-?(?:of |the )?")
PARTING = Pattern(
    r"\b(?:but|unless|except\w*|other than|excluding|otherwise|if|who|which|while|whereas|such as"
    r"|including|e\.?g|i\.?e)\b"
    r"|:"
)
"""Words in a gap that join nothing."""
AND_BETWEEN = Pattern(r"\band\b|&|\+")
COMMA = Pattern(r",")
REMARK = Pattern(r"\([^()]*\)")
LETTERS = Pattern(r"[a-z]+")
OR_BETWEEN = Pattern(r"\b(?:or|and/or)\b")
