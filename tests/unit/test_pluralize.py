"""English plurals and singulars: what the npm package pluralize 8 makes of each word."""

from __future__ import annotations

from novu_framework.npm.pluralize import plural, singular

WORDS = """
    1/1s/1 12/12s/12 pokemon/pokemon/pokemon pokémon/pokémon/pokémon Chinese/Chinese/Chinese Portuguese/Portugueses/Portuguese geese/geese/goose
    cheese/cheeses/cheese deer/deer/deer fish/fish/fish goldfish/goldfish/goldfish measles/measles/measles aois/aois/aois dois/dois/dois
    chamois/chamois/chamois louis/louis/loui chickenpox/chickenpox/chickenpox box/boxes/box pox/pox/pox sheep/sheep/sheep thou/you/thou
    thous/thous/thous man/men/man woman/women/woman men/men/man human/humans/human humans/humans/human human-being/human-beings/human-being
    mann/manns/mann gateaux/gateaux/gateau gateau/gateaus/gateau eaux/eaux/eau child/children/child children/children/child
    grandchild/grandchildren/grandchild person/people/person people/people/person salesperson/salespeople/salesperson
    salespeople/salespeople/salesperson mouse/mice/mouse mice/mice/mouse titmouse/titmice/titmouse titmice/titmice/titmouse louse/lice/louse
    lice/lice/louse dormouse/dormouses/dormouse blouse/blouses/blouse house/houses/house matrix/matrices/matrix matrices/matrices/matrix
    codex/codices/codex codices/codices/codex murex/murices/murex murices/murices/murex silex/silices/silex silices/silices/silex
    vertex/vertices/vertex vertices/vertices/vertex index/indices/index indices/indices/index appendix/appendices/appendix
    appendices/appendices/appendix codix/codices/codix murix/murices/murix mure/mures/mure append/appends/append vortex/vortexes/vortex
    boxes/boxes/box church/churches/church churches/churches/church miss/misses/miss misses/misses/miss dish/dishes/dish dishes/dishes/dish
    buzz/buzzes/buzz buzzes/buzzes/buzz waltz/waltzs/waltz hey/heys/hey money/monies/money honey/honeys/honey monkey/monkeys/monkey
    smiley/smilies/smiley chimney/chimneys/chimney journey/journeys/journey trolley/trolleys/trolley key/keys/key city/cities/city cities/cities/city
    boy/boys/boy toy/toys/toy story/stories/story stories/stories/story soliloquy/soliloquies/soliloquy soliloquies/soliloquies/soliloquy
    knife/knives/knife knives/knives/knife wife/wives/wife wives/wives/wife life/lives/life lives/lives/life midlife/midlives/midlife
    afterlife/afterlives/afterlife halflife/halflives/halflife fife/fifes/fife half/halves/half calf/calves/calf calves/calves/calf elf/elves/elf
    leaf/leaves/leaf leaves/leaves/leaf loaf/loaves/loaf loaves/loaves/loaf hoof/hooves/hoof hooves/hooves/hoof scarf/scarves/scarf
    shelf/shelves/shelf sheaf/sheaves/sheaf reef/reefs/reef beef/beefs/beef wolf/wolves/wolf chief/chiefs/chief roof/roofs/roof
    analysis/analyses/analysis analyses/analyses/analysis basis/bases/basi bases/bases/base diagnosis/diagnoses/diagnosis
    diagnoses/diagnoses/diagnosis crisis/crises/crisis crises/crises/crisis thesis/theses/thesis theses/theses/thesis oasis/oases/oasi
    oases/oases/oase aphelion/aphelia/aphelion aphelia/aphelia/aphelion hyperbaton/hyperbata/hyperbaton hyperbata/hyperbata/hyperbaton
    perihelion/perihelia/perihelion perihelia/perihelia/perihelion asyndeton/asyndeta/asyndeton noumenon/noumena/noumenon
    phenomenon/phenomena/phenomenon phenomena/phenomena/phenomenon criterion/criteria/criterion criteria/criteria/criterion organon/organa/organon
    prolegomenon/prolegomena/prolegomenon hedron/hedra/hedron polyhedron/polyhedra/polyhedron polyhedra/polyhedra/polyhedron
    automaton/automata/automaton automata/automata/automaton agendum/agenda/agendum agenda/agenda/agenda addendum/addenda/addendum
    millennium/millennia/millennium millennia/millennia/millennium datum/data/datum data/data/datum extremum/extrema/extremum
    bacterium/bacteria/bacterium desideratum/desiderata/desideratum stratum/strata/stratum strata/strata/stratum candelabrum/candelabra/candelabrum
    erratum/errata/erratum ovum/ova/ovum symposium/symposia/symposium curriculum/curricula/curriculum curricula/curricula/curriculum
    quorum/quora/quorum quora/quora/quorum automatum/automata/automatum hero/heroes/hero heroes/heroes/hero potato/potatoes/potato
    potatoes/potatoes/potato grotto/grottos/grotto negro/negroes/negro tomato/tomatoes/tomato photo/photos/photo piano/pianos/piano zero/zeros/zero
    echo/echoes/echo echoes/echoes/echo seraph/seraphim/seraph seraphim/seraphim/seraph cherub/cherubim/cherub cherubim/cherubim/cherub
    cherubs/cherubs/cherub alumna/alumnae/alumna alumnae/alumnae/alumna alga/algae/alga algae/algae/alga vertebra/vertebrae/vertebra
    vertebrae/vertebrae/vertebra alumnus/alumni/alumnus alumni/alumni/alumnus syllabus/syllabi/syllabus virus/viri/virus viri/viri/virus
    radius/radii/radius nucleus/nuclei/nucleus fungus/fungi/fungus cactus/cacti/cactus stimulus/stimuli/stimulus terminus/termini/terminus
    bacillus/bacilli/bacillus focus/foci/focus uterus/uteri/uterus locus/loci/locus stratus/strati/stratus strati/strati/stratus bias/bias/bia
    alias/aliases/alias aliases/aliases/alias pancreas/pancreas/pancrea atlas/atlases/atlas atlases/atlases/atlas gas/gases/gas gases/gases/gas
    lens/lens/len canvas/canvas/canva ideas/ideas/idea pyjamas/pyjamas/pyjama jam/jams/jam gram/grams/gram ambiam/ambiam/ambiam emu/emus/emu
    emus/emus/emu menu/menus/menu menus/menus/menu venus/venus/venu bus/buses/bus buses/buses/bus campus/campuses/campus campuses/campuses/campus
    iris/irises/iris irises/irises/iris tetris/tetrises/tetri axis/axes/axi axes/axes/axe testis/testes/testis testes/testes/testis ice/ices/ice
    日本/日本/日本 café/café/café cafés/cafés/café naïve/naïves/naïve x/xes/x y/ys/y z/zs/z a/as/a s/s/ ss/sses/ss sis/ses/si us/us/me ""/""s/""
    bass/basses/bass glass/glasses/glass ox/oxen/ox oxen/oxen/ox movie/movies/movie movies/movies/movie twelves/twelves/twelve twelve/twelves/twelve
    abuses/abuses/abuse abuse/abuses/abuse tie/ties/tie ties/ties/tie necktie/neckties/necktie crosstie/crossties/crosstie pie/pies/pie pies/pies/pie
    lie/lies/lie lies/lies/lie zombie/zombies/zombie zombies/zombies/zombie collie/collies/collie faerie/faeries/faerie foodie/foodies/foodie
    genie/genies/genie goonie/goonies/goonie groupie/groupies/groupie lassie/lassies/lassie talkie/talkies/talkie goalie/goalies/goalie
    cutie/cuties/cutie cuties/cuties/cutie cookies/cookies/cooky cookie/cookies/cookie ponies/ponies/pony monies/monies/money smilies/smilies/smiley
    moose/moose/moose halves/halves/half wolves/wolves/wolf shelves/shelves/shelf thieves/thieves/thief beeves/beeves/beeve scarves/scarves/scarf
    midlives/midlives/midlife highlives/highlives/highlife nightlives/nightlives/nightlife nonlives/nonlives/nonlife lowlives/lowlives/lowlife
    halflives/halflives/halflife afterlives/afterlives/afterlife elves/elves/elf selves/selves/self dwarves/dwarves/dwarf curves/curves/curve
    nerves/nerves/nerve gloves/gloves/glove stoves/stoves/stove parentheses/parentheses/parenthesis parenthesis/parentheses/parenthesis
    prognoses/prognoses/prognosis prognosis/prognoses/prognosis synopses/synopses/synopsis synopsis/synopses/synopsis emphases/emphases/emphasis
    emphasis/emphases/emphasis neuroses/neuroses/neurose cries/cries/cry nesis/neses/nesis nes/nes/ne shoe/shoes/shoe shoes/shoes/shoe
    horse/horses/horse horses/horses/horse canvases/canvases/canvase dresses/dresses/dress ditto/dittos/ditto dittos/dittos/ditto
    dittoes/dittoes/ditto cargo/cargos/cargo cargoes/cargoes/cargo chos/chos/cho ethos/ethos/etho cosmos/cosmos/cosmo tomatoes/tomatoes/tomato
    mosquitoes/mosquitoes/mosquitoe go/gos/go goes/goes/go toes/toes/toe tos/tos/to cars/cars/car CAR/CARS/CAR Car/Cars/Car cAR/cARS/cAR CARs/CARs/CAR
    News/News/News NEWS/NEWS/NEWS news/news/news Media/Media/Media MEDIA/MEDIA/MEDIA I/WE/I we/we/i WE/WE/I They/They/She he/they/he she/they/she
    them/them/them me/us/me is/are/is are/are/is was/were/was were/were/was has/have/has have/have/has this/these/this that/those/that yes/yeses/yes
    die/dice/die dice/dice/die quiz/quizzes/quiz quizzes/quizzes/quiz looey/looies/looey pickaxe/pickaxes/pickaxe passerby/passersby/passerby
    passersby/passersby/passerby thief/thieves/thief Groove/Grooves/Groove PROOF/PROOFS/PROOF series/series/series Sheep/Sheep/Sheep SHEEP/SHEEP/SHEEP
    goose/geese/goose Goose/Geese/Goose GOOSE/GEESE/GOOSE foot/feet/foot Tooth/Teeth/Tooth a1/a1s/a1 a_b/a_bs/a_b data-base/data-bases/data-base
    's/'s/' word's/word's/word' order/orders/order orders/orders/order OrderItem/OrderItems/OrderItem orderItem/orderItems/orderItem
    order-item/order-items/order-item sms/sms/sm SMS/SMS/SM email/emails/email URL/URLS/URL url/urls/url api/apis/api APIs/APIs/API
    status/statuses/status statuses/statuses/status Status/Statuses/Status STATUS/STATUSES/STATUS address/addresses/address
    addresses/addresses/address invoice/invoices/invoice invoices/invoices/invoice company/companies/company companies/companies/company day/days/day
    days/days/day half-life/half-lives/half-life non-life/non-lives/non-life DeEr/DeEr/DeEr sHeEp/sHeEp/sHeEp ChineSe/ChineSe/ChineSe NewS/NewS/NewS
    mEn/men/man Men/Men/Man MEN/MEN/MAN MENUS/MENUS/MENU MoVies/MoVies/Movie
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaachild/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaachildren/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaachild
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxprolegomenon/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxprolegomena/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxprolegomenon
    two/twos/two words/words/word 日本s/日本s/日本 ßs/ßs/ß ÉTÉ/ÉTÉ/ÉTÉ été/été/été éclair/éclairs/éclair éclairs/éclairs/éclair -life/-lives/-life
"""
"""Each word with its plural and its singular, as the package answers."""

OTHERS = {
    "": ("", ""),
    "two boxes": ("two boxes", "two box"),
    "a man": ("a men", "a man"),
    "the city": ("the cities", "the city"),
    "half life": ("half lives", "half life"),
    " life": (" lives", " life"),
}
"""Those that are nothing, or more than a word."""


def test_a_word_has_the_plural_and_the_singular_of_the_package() -> None:
    words = (each.split("/") for each in WORDS.split())
    expected = {word: (many, one) for word, many, one in words} | OTHERS
    assert {word: (plural(word), singular(word)) for word in expected} == expected
