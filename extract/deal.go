package extract

import (
	"pakta"
)

// dealRules is what the reading of agreements needs, compiled.
type dealRules struct {
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
	origins     wordList // from whom something comes
	from        wordList // "dari"
	beforeParty wordList // lower-case words that may stand before a bare name
	behalf      wordList // words between a preposition and the party that acts
	said        wordList // verbs of speech with the speaker behind them
	members     wordList // what parties are counted as: 11 daerah
	together    wordList // counts that need no noun: keempatnya
	after       wordList // words that put an act before the news
	according   wordList // words before an instrument that is meant as an act: sesuai kesepakatan
	leaders     wordList // who comes from regions to sign: "sembilan kepala dinas dari ..."
	pointers    wordList // words that point back to what was named
	condition   wordList // words that make a renewal a possibility, or deny it
	who         wordList // words for a doer still to be named
	relative    wordList // "yang"
	speech      wordList
	several     wordList // counts without a number: sejumlah
	counts      wordList // beside number words: "keduanya", "keempat"
	copula      wordList // words that say what an agreement is: "merupakan perpanjangan"
	partials    wordList // words that open a sentence about one of several partners
	parts       wordList // words of offices before a sector that is no scope
	followUps   wordList // words behind "akan" for a further paper
}

// instrument is a row of the table of instruments.
type instrument struct {
	typ   pakta.InstrumentType // or "generic"
	rule  string
	home  bool // a sister city
	plain bool // "naskah kerja sama": a paper of any kind
}

func newDealRules(lex *lexicon) dealRules {
	var instruments []instrument
	for i := range lex.entries[listInstruments] {
		e := &lex.entries[listInstruments][i]
		instruments = append(instruments, instrument{
			typ: pakta.InstrumentType(e.Attr("type")), rule: "instrument." + e.ID, home: e.ID == "sister-city",
			plain: e.ID == "naskah-kerja-sama",
		})
	}
	var cues []cueClass
	for i := range lex.entries[listCues] {
		cues = append(cues, parseCueClass(lex.entries[listCues][i].Attr("class")))
	}
	return dealRules{
		instruments: instruments,
		cues:        cues,
		joiners:     lex.words("dan serta dengan bersama maupun juga beserta dan atau antara pihak hingga and oleh sekaligus plus"),
		with:        lex.words("dengan bersama dan kepada"),
		sides:       lex.words("dengan bersama"),
		by:          lex.words("oleh langsung sendiri bersama masing yaitu yakni antara ialah pihak kedua para adalah kepala daerah bupati"),
		agent:       lex.words("oleh"),
		between:     lex.words("antara"),
		toPlaces:    lex.words("di ke"),
		places:      lex.words("di ke dari dalam wilayah se asal menuju warga masyarakat"),
		from:        lex.words("dari"),
		origins:     lex.words("dari lingkungan lingkup jajaran warga wilayah se seluruh di milik kepada"),
		beforeParty: lex.words("dan serta dengan bersama antara oleh pihak maupun atau oleh untuk bagi gandeng menggandeng digandeng teken meneken sepakat sepakati jalin daerah kabupaten kota pemerintah yakni yaitu ialah adalah meliputi mencakup"),
		behalf:      lex.words("pihak manajemen pimpinan perwakilan jajaran tim pemerintah mitra kerja sama kerjasama"),
		said:        lex.words("kata ujar ucap tutur jelas ungkap terang papar tegas imbuh sambung lanjut tambah pungkas beber tukas cetus sebut ungkapnya"),
		members:     lex.words("kabupaten kota daerah bupati walikota gubernur wali kepala pemerintah pemda pemkab provinsi pihak kampus perguruan universitas kdh pemkot lembaga mitra instansi perusahaan bank rektor bumd yayasan"),
		together:    lex.words("keduanya ketiganya keempatnya kelimanya keenamnya ketujuhnya mereka"),
		relative:    lex.words("yang"),
		who:         lex.words("yang ikut turut sama masing pihak"),
		after:       lex.words("usai setelah seusai sesudah selain sebelum"),
		according:   lex.words("sesuai"),
		leaders:     lex.words("kepala bupati wali walikota rektor pimpinan direktur sekda dinas"),
		pointers:    lex.words("tersebut itu ini dimaksud"),
		condition:   lex.words("dapat bisa boleh belum tidak tak bila jika apabila kalau dimungkinkan bilamana"),
		copula:      lex.words("sebagai merupakan adalah ialah berupa"),
		partials:    lex.words("adapun sedangkan sementara khusus"),
		speech:      lex.words("kata ujar ucap tutur jelas ungkap terang papar tegas imbuh sambung lanjut tambah ujarnya katanya menyampaikan mengatakan menjelaskan"),
		several:     lex.words("sejumlah beberapa berbagai para seluruh semua puluhan belasan ratusan sebanyak sekitar salah satu lebih dari kurang"),
		counts:      lex.words("keduanya ketiganya keempatnya kelimanya keenamnya kedua ketiga keempat kelima keenam ketujuh kedelapan mereka berikut"),
		followUps:   lex.words("ditindaklanjuti menindaklanjuti diturunkan dijabarkan diteruskan dilanjutkan"),
		parts:       lex.words("dinas kepala badan kantor kementerian menteri kabid kabag kadis bagian biro asisten sekretaris staf direktur direktorat komisi kepala disnaker deputi ketua anggota universitas"),
	}
}

// gate is what tells articles that may report an agreement from the rest: one
// pass over the tokens for the phrases of the table of that name.
type gate struct {
	lex    *lexicon
	starts []bool // by word number: a gate phrase opens with it
}

func newGate(lex *lexicon) gate {
	g := gate{lex: lex, starts: make([]bool, len(lex.vocab.ends))}
	for _, w := range lex.gate {
		g.starts[w] = true
	}
	return g
}

// opens reports whether a gate phrase stands in the tokens.
func (g gate) opens(toks []token) bool {
	var found [8]hit
	for i := range toks {
		id := toks[i].known()
		if id == 0 || int(id) >= len(g.starts) || !g.starts[id] {
			continue
		}
		for _, h := range g.lex.follow(found[:0], toks, i, g.lex.root[id]) {
			if h.list == listGate {
				return true
			}
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
	votes     []vote
	order     []int32 // parties with votes, by the first one
	instrs    []hit
	other     counterpart
	negative  int // words of what only looks like an agreement
	topical   int // words of what most reports of are none
	boundary  int // words of minutes about boundaries

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
	party    bool // settled
	mentions []*actor
	counted  int // first actor of the last group it was counted in, and one
}

// empty drops the content of a deal, and keeps the room of its slices.
func (dl *deal) empty() {
	clear(dl.numbers)
	*dl = deal{
		actors: dl.actors[:0], party: dl.party[:0], sentences: dl.sentences[:0], votes: dl.votes[:0], order: dl.order[:0],
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
	sortEvidence(rec)
}
