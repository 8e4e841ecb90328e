package extract

import (
	"slices"

	"pakta"
)

// dealRules is what the reading of agreements needs, compiled.
type dealRules struct {
	actorRules
	eventRules
	groupRules
	listingRules
	meetingRules
	relevanceRules
	statusRules

	instruments []instrument // by entry of listInstruments
	cues        []cueClass   // by entry of listCues
	joiners     wordList     // words between members of one group of parties
	with        wordList     // words that bring in the other side
	sides       wordList     // those of them that do nothing else
	by          wordList     // words before the one who signs
	agent       wordList     // "oleh"
	between     wordList
	places      wordList // prepositions of place
	toPlaces    wordList // those that stand before nothing else
	within      wordList // "dalam penandatanganan, Jumat"
	from        wordList // "dari"
	behalf      wordList // words between a preposition and the party that acts
	said        wordList // verbs of speech with the speaker behind them
	members     wordList // what parties are counted as: 11 daerah
	together    wordList // counts that need no noun: keempatnya
	after       wordList // words that put an act before the news
	who         wordList // words for a doer still to be named
	relative    wordList // "yang"
	speech      wordList
	several     wordList // counts without a number: sejumlah
	publicHeads wordList // first words of names of bodies, of the state or not
	once        wordList // pernah
	or          wordList // "atau"
	press       wordList // who is told the news, and how
	parts       wordList // words of offices before a sector that is no scope
	others      wordList // behind members who are others
	involves    wordList // words before those who take part in a signing
	doneBy      wordList // words before those who do it
	witnesses   wordList // who stands by at a signing
}

// instrument is a row of the table of instruments.
type instrument struct {
	typ   int // its place among pakta.InstrumentTypes, genericType for words that are none of their own
	rule  string
	home  bool // a sister city
	plain bool // "naskah kerja sama": a paper of any kind
	vow   bool // "komitmen bersama": a paper only where it is signed
}

// genericType is the type of words like "kerja sama".
const genericType = 63

// instrumentType is the place of a type among all; the loader knows no others.
func instrumentType(name string) int {
	if i := slices.Index(pakta.InstrumentTypes(), pakta.InstrumentType(name)); i >= 0 {
		return i
	}
	return genericType
}

func newDealRules(lex *lexicon) dealRules {
	var instruments []instrument
	for i := range lex.entries[listInstruments] {
		e := &lex.entries[listInstruments][i]
		instruments = append(instruments, instrument{
			typ: instrumentType(e.Attr("type")), rule: "instrument." + e.ID, home: e.ID == "sister-city",
			plain: e.ID == "naskah-kerja-sama", vow: e.ID == "komitmen-bersama",
		})
	}
	var cues []cueClass
	for i := range lex.entries[listCues] {
		cues = append(cues, parseCueClass(lex.entries[listCues][i].Attr("class")))
	}
	return dealRules{
		actorRules:     newActorRules(lex),
		eventRules:     newEventRules(lex),
		groupRules:     newGroupRules(lex),
		listingRules:   newListingRules(lex),
		meetingRules:   newMeetingRules(lex),
		relevanceRules: newRelevanceRules(lex),
		statusRules:    newStatusRules(lex),
		instruments:    instruments,
		cues:           cues,
		joiners:        lex.words("deal.joiners"),
		with:           lex.words("deal.with"),
		sides:          lex.words("deal.sides"),
		by:             lex.words("deal.by"),
		agent:          lex.words("deal.agent"),
		between:        lex.words("deal.between"),
		toPlaces:       lex.words("deal.to-places"),
		places:         lex.words("deal.places"),
		from:           lex.words("deal.from"),
		within:         lex.words("deal.within"),
		behalf:         lex.words("deal.behalf"),
		said:           lex.words("deal.said"),
		members:        lex.words("deal.members"),
		together:       lex.words("deal.together"),
		relative:       lex.words("deal.relative"),
		who:            lex.words("deal.who"),
		after:          lex.words("deal.after"),
		publicHeads:    lex.words("deal.public-heads"),
		once:           lex.words("deal.once"),
		or:             lex.words("deal.or"),
		press:          lex.words("deal.press"),
		speech:         lex.words("deal.speech"),
		several:        lex.words("deal.several"),
		others:         lex.words("deal.others"),
		involves:       lex.words("deal.involves"),
		doneBy:         lex.words("deal.done-by"),
		witnesses:      lex.words("deal.witnesses"),
		parts:          lex.words("deal.parts"),
	}
}

// gate is what tells articles that may report an agreement from the rest: one
// pass over the tokens for the phrases of the table of that name.
type gate struct {
	lex    *lexicon
	starts []bool // by the node of a word: a gate phrase opens with it
}

func newGate(lex *lexicon) gate {
	root := &lex.nodes[0]
	g := gate{lex: lex, starts: make([]bool, root.last)}
	for _, w := range lex.gate {
		g.starts[lex.child(root, w)] = true
	}
	return g
}

// opens reports whether a gate phrase stands in the tokens.
func (g gate) opens(toks []token) bool {
	for i := range toks {
		if !g.starts[toks[i].node] {
			continue
		}
		for n, j := toks[i].node, i+1; n != 0; {
			at := &g.lex.nodes[n]
			if g.lex.ends(at, listGate) {
				return true
			}
			n, j = g.lex.step(at, toks, j)
		}
	}
	return false
}

// deal is what the frames of an article say of its agreement.
type deal struct {
	actors []actor
	party  []int32 // the number of each actor's party, an index in votes
	// sentences are the events of each sentence that has any.
	sentences []sentenceEvents
	// bySentence is the place of the events of each sentence in sentences,
	// counted from 1; 0 when it has none.
	bySentence []int32
	votes      []vote
	order      []int32 // parties with votes, by the first one
	instrs     []hit
	other      counterpart
	negative   int // words of what only looks like an agreement
	topical    int // words of what most reports of are none
	boundary   int // words of minutes about boundaries
	// aboutBoundary: one of them stands in the headline.
	aboutBoundary bool
	listing       bool // it is lists that vote

	// events and groups are those of all sentences.
	events  []event
	groups  []group
	numbers map[string]int32 // region code or body id to party
}

// vote gathers the support for one party.
type vote struct {
	weight   int  // of the frames of this agreement
	hints    int  // sentences about an agreement that name it
	other    int  // weight of frames of earlier and other agreements
	later    int  // weight of frames of a further paper that is to follow
	exact    bool // named as a government, head, agency or body by a frame
	told     bool // by a frame of the lead, of a signing or of a paper with a name, or by a list
	text     bool // by a frame of the text, and not of the headline only
	party    bool // settled
	mentions []*actor
	counted  int // first actor of the last group it was counted in, and one
}

// empty drops the content of a deal, and keeps the room of its slices.
func (dl *deal) empty() {
	clear(dl.numbers)
	*dl = deal{
		actors: dl.actors[:0], party: dl.party[:0], sentences: dl.sentences[:0], bySentence: dl.bySentence, votes: dl.votes[:0], order: dl.order[:0],
		instrs: dl.instrs[:0], events: dl.events[:0], groups: dl.groups[:0], numbers: dl.numbers,
	}
}

// numberParties numbers the parties that the actors may be, so that the
// frames need not compare names.
func (dl *deal) numberParties(d *document) {
	if dl.numbers == nil {
		dl.numbers = map[string]int32{}
	}
	for i := range dl.actors {
		key := dl.actors[i].key(d)
		n, ok := dl.numbers[key]
		if !ok {
			n = int32(len(dl.votes))
			dl.numbers[key] = n
			dl.addVote()
		}
		dl.party = append(dl.party, n)
	}
}

// addVote adds a party without votes, with the room of an earlier article's.
func (dl *deal) addVote() {
	if len(dl.votes) == cap(dl.votes) {
		dl.votes = append(dl.votes, vote{})
		return
	}
	dl.votes = dl.votes[:len(dl.votes)+1]
	v := &dl.votes[len(dl.votes)-1]
	*v = vote{mentions: v.mentions[:0]}
}

// assemble settles the roles and fills the record.
func (d *document) assemble(rec *pakta.Record) {
	d.unifyBodies()
	dl := d.readDeal()
	d.settleParties(dl)
	d.decide(rec, dl)
	rec.Dates = d.recordDates()
	rec.LegalRefs = d.recordLaws()
	rec.Regions = d.recordRegions()
	rec.Officials = d.recordOfficials()
	if rec.Agreement {
		d.fillAgreement(rec, dl)
	}
	rec.Unresolved = append(rec.Unresolved, d.unresolved...)
	rec.Warnings = append(rec.Warnings, d.warnings...)
	ownEvidence(rec)
}
