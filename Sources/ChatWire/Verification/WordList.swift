/// The 2048 words that 11 bits choose from: short, common, and told apart over a bad line.
///
/// They were gathered for this program. Their order is that of the alphabet, each has 3 to 8 letters, and no two begin with
/// the same four. Never change one: two ends with different lists would show different words, and each would take the other
/// for an impostor.
public enum WordList {
    /// In order, at the places 0 to 2047.
    public static let words: [String] = text.split(whereSeparator: \.isWhitespace).map(String.init)

    // One text and not an array, which would take the compiler minutes.
    private static let text = """
        aardvark ability abroad account achieve acorn acre acrobat active actor actual address adjust admire adobe adult
        advance aerial afford agent agile agree aim airport airship alarm album alcove alert almond alphabet alpine alto
        amazing amber ambition amethyst amigo amount amuse anagram anchor ancient angler animal anise ankle answer
        antenna anthem antique antler anvil apex apple apricot apron aqua arcade archer arctic area arena argyle arm
        armchair aroma arrange arrive arrow art artistic asphalt aspirin aster athlete atlas atom atrium attempt attic
        attract auburn audio august author avenue avid avocado awake award away awesome axiom azalea baby back bacon
        badger bag bagel bakery balance balcony balloon bamboo banana banjo bank banner barber bargain bark barley barn
        barrow basement basil basket bathroom baton battery bayou bazooka beacon beagle beam beauty bed bedroom beef
        beehive believe bellhop bench benefit bento beret bicycle bikini binder bingo biplane birch birdie birthday
        biscuit bison bistro blanket blender bless blimp blink blizzard blossom blouse bluebell boat bobbin bobsled
        bonfire bonsai bonus bookcase boot borrow bottle bounce boutique bowler box boy bracket brain bramble branch
        brave breeze brick bridge brief bright bring brioche broad broccoli broker bronze broom broth brownie brunch
        brush bubble bucket budgie buffalo buggy bugle builder bulb bull bumpy bun bundle bungalow bunny burlap burrito
        bush business butter buzzer cabaret cabbage cabin cable caboose cactus cadet cafe cake calendar calico calypso
        camel camp canary candy canister canopy canteen cap cape capsule captain caramel cardigan careful cargo caribou
        carnival carousel carpet carriage cart cascade cashew cassette castle cat catalog catfish cattle cauldron cave
        cedar cello center ceramic ceremony chair chalk champion chance chapter charm chateau checkers cheddar cheetah
        chef chemist cherry chestnut chicken chief child chimney chin chisel chive choice chowder chrome chuckle cinder
        cinema cinnamon circle citadel citrus city civic clarinet classic clatter claw clay clean clever click cliff
        climate clipper cloak clock closet cloud clove clue cluster coach coaster cobalt cobbler cockpit cocoa coffee
        coin cold college color comb comet comfort common concert condor confetti cookie cool copper copy coral cordial
        corgi corner cosmic cottage couch cougar count courage cousin cover cowboy coyote cozy crab cradle crafty crane
        crate crawl crayon creamy crescent crew crib cricket crimson crisp crocus croquet cross crouton crow cruiser
        crumb crunch crystal cub cube cubicle cuckoo cucumber cuddle cuff culture cup cupboard cupcake curator curfew
        curious curly curry curtain cushion cutlery cutter cyan cyber cycle cypress dabble daffodil dahlia daily daisy
        damp dance daring dashing data daughter dawn day daybreak dazzle decade decimal deckhand decorate deep deliver
        delta deluxe denim dentist depot depth derby describe design desk detail detour dewdrop diagram diamond dice
        diesel diet dig digital dignity dimmer dimple dinghy dinosaur diorama direct discover dish disk display dive
        dizzy dock doctor dog dogwood doll dolphin domain dome domino donate donkey donut doodle door dormouse dossier
        double dove downtown dozen dragon drain drama drapery drawer dream dresser drift drill drink drive drizzle
        drummer dry duck dugout duke dumpling dune dungeon duplex dust duty dynamo eager eagle earring earth easel easy
        eat ebony echo eclipse ecology economy ecstatic edge edible edit educate egg eggnog egret eighty elastic elbow
        elder elect elegant element elephant elevator elixir elm elope ember emblem embrace emerge emotion empire emu
        enamel end energy engine enigma enjoy ensemble enter envelope epic episode era eraser escort espresso etching
        ether evening examine exchange exercise exotic expert explore export eyebrow eyelid fable fabric fabulous face
        factory fairy faithful falcon family famous fan fancy fanfare fantasy farm fashion father fawn fearless feast
        feather february fedora feedback feel fellow felt fence fennel fern ferret fertile festive fiber fiddler field
        fiesta fifteen fig figment fill film filter finale finch finger finish fireside first fish fit fitness five fix
        fizzy flag flamingo flannel flask flat flavor flaxen fleet flexible flicker flip float floor florist flotilla
        fluffy flurry flutter fly foal focus fog foggy foghorn foil fold folklore footpath ford forecast fork formula
        fortune forum forward fossil fountain fox foxglove foxtrot fraction fragile frame freckle freezer fresh fridge
        friendly frigate fringe frisbee frog frolic frost fruit funnel furlong furnace furrow fuse future gadget galaxy
        gallery game gamma garage garden gargle garlic garnet gazelle gear gecko gelato gem gemstone general genius
        gentle geometry geranium gerbil giant gift gigabyte giggle ginger giraffe girl gizmo glacier glad glance glass
        glazed gleam glen glide glimmer glisten glitter globe glossy glove glow glucose glue goalie goat goblet golden
        gondola gong goose gopher gourd gown graceful graduate grain grammar grand grape grasp grater gravel gray greet
        grid grill grocer groovy grouse grove growth guava guide guitar gulf gully gumdrop guppy gusto habitat half
        halibut hallway halo ham hamlet hammock hamster handle hanger happy harbor hardy harmony harness harp harvest
        hat haven hawk hawthorn hayride hazelnut hazy head healthy heap hearth heat heavy hedgehog height helium helmet
        help heritage hermit heron herring hexagon hibiscus hickory highway hike hill hinge hippo history hobby hoist
        holiday hollow home honey honor hood hook hop hope horizon horn hostel hotcake hotel hound house hover hub huge
        hum hummus humor hurdle husband husky hustle hut hybrid hydrant hyena ice iceberg icicle icing icon ideal igloo
        ignite iguana imagine impala improve impulse inch index indigo indoor industry ingot ink inkwell inlay inlet
        innocent inspire invent iris iron island item ivory ivy jackal jaguar jalapeno jamboree janitor january jar
        jasmine javelin jaw jay jazz jeep jersey jester jetty jigsaw job jockey join joke jolly journey jovial joy
        joyful joystick judge jug juggle juice jukebox jumbo jump junction jungle juniper just kale kangaroo karate
        kayak kazoo kebab keel keg kelp kelvin kennel ketchup kettle keyboard keynote kickoff kilogram kimono kin
        kinetic king kinship kiosk kitchen kite kitten kiwi knack knapsack kneel knife knuckle koala kumquat label labor
        lace lacquer ladder ladle lady lagoon lake lamp land language lanky lantern lanyard larch lark lasagna laser
        latitude latte laugh laurel lava lavender lawful lawn lawyer layer layout leader leafy league leap learn leather
        ledger legal legend leisure lemon lemur lens lentil leopard lettuce lever lexicon liberty library lid life lift
        light lilac lily lime linen lingo lion lipstick listen little lively lizard llama loafer lobby lobster lock
        logbook logical lollipop loop lotus lounge love loyal lucky luggage lullaby lumber lunar lunch lunge lush luxury
        lyric macaroni machine maestro magazine magenta magic magma magnet magpie mahogany mailbox majesty makeup
        mammoth manage mandolin mango mansion manual map maple marble marina market marmot marquee marsh marten marvel
        mascot matinee matrix mattress maverick maximum mayor meadow meal media medley megabyte mellow melody melt
        member memento menu mercy mermaid merry message meter method metro midnight mighty mile milk millet mimosa
        mindful mineral mingle minister minnow mint minute miracle mirror mission mitten mixer mobile mocha modern molar
        mole moment monarch monday money mongoose monkey monocle monsoon month monument mood moon mop morsel mosaic
        mosquito moss motel moth motion motley motor motto mountain mouse mouth movie mow muffin mulberry mule mural
        museum mushroom musical muslin mustache myrtle mystery myth nacho nail napkin narrow narwhal national natural
        nautical navigate navy near nebula neck nectar neighbor neon nephew neptune nest net nettle news newt nibble
        nickel nifty nightcap nimble ninety ninja nitrogen noble noise noodle nook northern nose nostril nosy notebook
        notice novel novice nudge nugget number nursery nutmeg nutshell nuzzle nylon oak oasis oatmeal obelisk oblong
        ocean octagon octopus officer offshore ogre okra old olive omega omelet omnibus onion onward onyx opaque open
        opera orange orbit orca orchard oregano origin ornament osprey ostrich otter ottoman ounce outback outdoor
        outfit output oval ovation oven overcast owl oxide oxygen oyster pacific package paddle padlock paella page
        pagoda paint palace palm pamphlet pan pancake panda panel panini panorama panther papaya paper paprika papyrus
        parade parcel pardon parent park parlor parody parrot parsley partner passport pasta patch path patio patron
        pattern pavilion paw payday peacock peanut pearl pebble pecan peeler pelican pen pencil pendulum penguin pennant
        peony people pepper perfect perky person pesto petite petunia phoenix phone photo pianist piccolo pickle picnic
        picture pig pigeon pigment pilgrim pillow pilot pinata pinball pine pink pinwheel pioneer pipe pirate piston
        pitch pivot pixel pixie pizza plaid planet plaque plaster platter play plaza pleasant plenty pliers plot plug
        plumber plunge plywood pocket podium poem poetic pogo pointer poise polish polka pollen polo pompom poncho pond
        pony poodle pool pop popcorn poppy porch porpoise porridge portal postman potato potter powder power prairie
        prance prawn precious pretzel prime print priority pristine private program project prologue promise propel
        prune publish pudding puff pug pulley pulp pulse puma pumice pumpkin pupil puppy pure purple puzzle pylon
        pyramid quack quad quaint quake quarry queen quench quest quilt quip quiver quiz quota rabbit raccoon racer
        radar raffle rafter ragtime rainbow raisin rake rally random ranger rapid ratchet rattle raven ravioli ray reach
        ready realize reason rebound recent recipe record recycle redwood regal reggae reindeer relax reliable remember
        rename repair repeat reporter reptile rescue retina reward rhino rhubarb rhyme rhythm ribbon rice rickshaw
        ricotta riddle rider rinse ripe ripple rivet roadster roam roast robe robin robot robust rock rodeo romantic
        roof room rooster rope rosemary rosy rotate round routine rowboat royal rub rubber ruby rucksack rudder rugby
        rugged ruler rumble runway rural rush russet rustle saddle safari safe saga sage sailor salad salmon salsa salt
        samba sample sandwich sapling sapphire sardine satisfy saturday saucepan sauna sausage savanna scale scamper
        scarlet scenic school science scissors scoop scramble screen scribble scroll scuba seafood seagull seal search
        seashell seaweed second secret section sedan seek seesaw senator send sentence sepia sequoia serene setting
        seven shadow shaggy shampoo shape shark shawl shed sheep shell shepherd sheriff shimmer shine ship shirt shiver
        shop shore shoulder shower shrimp shrub shuffle shutter sidewalk siesta sieve signal silence silicon silky silo
        silver sing sitcom six skater sketch skewer skillet skirt sky skylark slalom slate sledge sleepy slice slide
        slinky slipper slogan slope sloth slouch slush smart smelt smile smitten smoky smudge snack snail snake snap
        snazzy sneaker sneeze sniff snippet snooze snorkel snow snuggle soap socket soda sofa soft solar sonata song
        sonnet soon soprano sorbet sorcerer sound soup south souvenir soybean space spaniel sparrow spatula speak
        special speedy spell sphere spicy spider spinach spire splash splendid sponge spoon sport spotless spray spread
        spring sprout spruce spyglass squash squeak squid stack stadium staff stage stairway stallion stamp staple
        starling station stay steady steeple stellar stem stencil stereo stetson stew sticker stir stitch stone stool
        stork stout stove straw stream stripe stroll strudel stucco studio subset sugar suitcase sultan summer sunbeam
        sundial sunlight sunny sunrise sunset surfer surprise sushi swallow swan swap sweater sweep swift swim swing
        swivel swoop sycamore symphony syntax syrup tabby table taco tadpole taffeta tailor talk tango tankard tape
        tapioca tartan task tassel taste taxi teach teapot teaspoon teddy telegram tempo ten tent tepee terrace thankful
        thatch theater thicket thimble thin thirty thistle three thrill throat thrush thumb thunder thursday ticket
        tidbit tidy tie tiger timer tin tinfoil tinker tinsel tiny tiptoe tiramisu titanium title toast toboggan today
        toddler toffee tofu toga token tomato tomorrow tongue tonight toolbox tooth topaz topic topsoil torch torso
        tortoise totem toucan tourist towel town toy trace trade traffic train tram trapeze travel tray treacle treble
        tree trellis tremolo trend trestle tribute trickle trident trinket tripod triumph trolley trombone trooper
        trophy trowel truck true truffle trumpet trunk trusty tub tuesday tugboat tulip tumbler tundra tunic tunnel
        turkey turnip turtle tussle tutor tuxedo twang tweezers twelve twenty twig twilight twine twirl twist ukulele
        umbrella uncle unicycle uniform unique united universe unlock unpack unroll upbeat update uphill uplift upright
        upstairs uptown urban urgent useful utensil utopia vacation valiant valley vampire vanilla vapor variety varnish
        vast vault vector vegan veggie vehicle velcro velvet veranda vessel veteran vibrant victor video view viking
        villa vinegar vintage vinyl violet visit vista visual vital vivid voice volcano volley voltage volume vortex
        voucher voyage waddle wafer waffle wagon wagtail waiter wake walk wallaby walnut walrus waltz warbler wardrobe
        warm wash watch water waxwing wealthy weasel weaver website weekday west wharf wheat whimsy whippet whisper
        wicker widen widget wiggle wigwam wild willing winch window wing wink winner winter wisdom wise witness witty
        wizard wobble wok wolf woman wombat wonder wooden wool word worker wrangle wrench wrist yacht yam yarn year
        yeast yellow yodel yogurt young yummy zeal zebra zenith zephyr zero zesty zigzag zinc zinnia zipper zircon
        zodiac zone zoo zoom zucchini
        """
}
