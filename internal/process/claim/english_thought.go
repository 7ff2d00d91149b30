package claim

// englishThought are words of saying, thinking, wanting and judging in the widest
// sense. They make no cue of the rules; the model of attributions reads them as
// features, so that what it learns of one it knows of its like. Verbs are
// inflected as in englishVerbs, nouns take an s.
var englishThought = [...]string{
	thoughtSpeech: `accuse acknowledge admonish advise affirm allege allude announce answer apologize argue articulate ask assert assure attest aver avow beg boast brag broadcast caution charge
 chant cite claim clarify comment complain concede confess confide confirm contend convey counter counsel crow debate decree detail dictate disclose discuss divulge echo elaborate elucidate
 enumerate exclaim exhort explain expound express file forewarn grumble hint hypothesize implore imply inform inquire insinuate insist instruct interject intone issue jest lecture
 lie list lobby maintain mention moan mumble mutter name narrate negotiate notify object opine outline parrot petition phrase plead pontificate post preach press proclaim profess promise pronounce
 protest publicize publish query quip quiz quote rant read=read reaffirm reassert reassure rebut recap recite recount refer reference rehash reiterate relate relay release remark remind
 repeat reply report request respond restate retort retweet reveal scream share=shared shout sign signal speak=spoke=spoken spell spout sound stipulate stress stump submit suggest summarize summon swear=swore=sworn
 talk tease tell=told term testify text threaten tip toast tweet underline underscore unleash unveil urge utter vent verbalize voice volunteer vow warn whisper write=wrote=written yell sing=sang=sung lay=laid
 say=said state note add declare reckon recall joke deny refuse decline reject dispute rebuke demand call order invite`,
	thoughtMind: `accept admire agree aim anticipate appreciate approve ascertain assess assume aspire attribute believe bet=bet brood calculate care choose=chose=chosen commit comprehend conceive conclude
 consider contemplate crave credit decide deduce deem deliberate desire despise determine detest disagree disapprove discern discover disdain dislike distrust doubt dread dream elect embrace
 enjoy envisage envision envy estimate evaluate expect fancy favor favour fear feel=felt figure find=found forecast foresee=foresaw=foreseen forget=forgot=forgotten forgive=forgave=forgiven fret gauge gather grasp guess hate
 hear=heard hope identify ignore imagine infer intend interpret intuit investigate judge know=knew=known lament learn like long love marvel mean=meant mind mistrust mourn muse need notice observe opt
 perceive plan plot ponder predict prefer presume pretend project propose prove question rate rank realize realise reason recognize recognise recollect reconsider regard regret rejoice relish remember
 resent resolve respect review rethink rule savor scheme scrutinize see=saw=seen seek=sought seem appear seethe sense speculate strategize strive study support oppose suppose surmise suspect sympathize
 theorize think=thought tolerate trust understand=understood value view want warrant weigh wish witness wonder worry yearn try attempt prepare vote measure examine explore analyze consult`,
	thoughtJudgement: `abhor advocate applaud assail attack back bash belittle bemoan berate besmirch blame blast bless castigate celebrate censure challenge champion characterize chastise cheer chide commend compare
 compliment condemn congratulate contrast criticize decry defame defend define denigrate denounce depict deplore deride describe discredit dismiss disparage disavow downplay dub encourage endorse
 equate exalt excoriate excuse exonerate extol fault flay frame glorify grill hail highlight honor implicate impugn indict insult invoke justify knock label lambast lambaste laud liken link malign
 minimize mock nickname nominate ostracize overlook pan pillory portray position praise promote rail rap rebuff repudiate renounce reprimand reproach ridicule rip romanticize salute savage scoff scold scorn
 shame shrug single skewer slam slander slap smear spin=spun stereotype symbolize tag target taunt thank tout trash trumpet trivialize uphold vilify vouch welcome push pressure recommend permit allow
 back embrace emphasize emphasise exaggerate feature focus illustrate document show=showed=shown indicate demonstrate estimate note record reflect represent emphasize`,
	thoughtNoun: `accusation acknowledgement admission advice affection agenda aim alarm allegation allegiance allusion ambition analysis anger announcement answer anxiety apology appeal appraisal appreciation approval
 argument article aspiration assertion assessment assumption assurance attack attitude backing backlash belief bet bid blame boast call campaign caution certainty challenge charge choice claim comment
 commitment comparison complaint concern concession conclusion condemnation confession confidence confirmation confusion consensus consideration contempt contention controversy conversation conviction
 criticism cry critique debate decision declaration dedication defense definition demand denial denunciation depiction description desire determination dialogue diatribe disagreement disapproval disclosure
 discussion disdain dismay dispute distaste distrust doubt dream editorial effort email emphasis endorsement enthusiasm estimate evaluation evidence expectation explanation expression faith fear
 feeling finding focus forecast frustration goal grievance guess hatred hint hope idea implication impression indication inquiry insight insistence insult intent intention interest interpretation interview
 invitation investigation joke judgment judgement knowledge lament lawsuit lecture lesson letter lie love memo mention message mockery narrative news notion oath objection observation obsession offer opinion
 opposition optimism order outcry outlook outrage panic perception perspective pessimism petition plan plea pledge policy poll position post praise prediction preference prejudice presentation promise proof
 proposal prospect protest question quote reaction realization rebuke recognition recollection recommendation record reference refusal regard regret reluctance remark reminder report request resentment
 reservation resistance resolution respect response retort revelation review rhetoric ridicule rule ruling rumor scorn scrutiny sense sentiment shock sign signal skepticism slogan speculation speech
 stance standpoint statement story strategy study suggestion support surprise survey suspicion sympathy talk testimony theory thinking thought threat tone transcript tribute trust tweet uncertainty
 understanding verdict view vision vote vow warning willingness wish word worry data`,
	thoughtFeeling: `afraid angry anxious apologetic appalled ashamed aware bullish certain comfortable committed concerned confident confused content convinced critical curious cynical delighted desperate
 determined disappointed disgusted dismayed doubtful eager embarrassed enthusiastic excited fearful fond frustrated furious glad grateful happy hesitant hopeful horrified impressed inclined incredulous
 interested keen leery mad mindful nervous opposed optimistic outraged passionate pessimistic pleased positive proud puzzled ready reluctant resentful sad satisfied scared sceptical shocked skeptical sorry
 suspicious sure surprised thankful thrilled uncertain uncomfortable undecided unaware unclear uneasy unhappy unsure unwilling upset wary weary willing worried clear likely open`,
}

// Kinds of words of thought.
const (
	thoughtSpeech = 1 + iota
	thoughtMind
	thoughtJudgement
	thoughtNoun
	thoughtFeeling
)
