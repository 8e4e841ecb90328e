package extract

import (
	"slices"

	"pakta"
	"pakta/rules"
)

// sectorRules is what the reading of sectors needs, compiled.
type sectorRules struct {
	goesOn     wordList // words that open a sentence which continues a list
	backs      wordList // words that open a sentence on the one before it: "langkah ini"
	enters     wordList // words behind what is agreed on: "koperasi masuk"
	beyond     wordList // words before the first of what is agreed on: "selain pendidikan"
	stops      wordList // words that end the object of an instrument
	joins      wordList // words between the items of a list
	totals     wordList // words that stand for all that was agreed: "ketiganya"
	mutual     wordList // words for both sides: "saling", "bersama"
	aligned    wordList // words before what a plan is about: "sejalan dengan visi"
	means      wordList // words before the means of what is agreed on: "melalui"
	once       wordList // words of a sentence on what was: "sudah pernah"
	similar    wordList // what makes a paper another one: "kerja sama serupa"
	itu        wordList // what makes a word for a time point back: "ketika itu"
	then       wordList // words that open a sentence on another time: "waktu itu"
	defines    wordList // words of a sentence that explains a term: "istilah"
	riches     wordList // words of a sentence on what a region has, or who came
	refers     wordList // words for the agreement's paper: "pasal", "draf"
	hopes      wordList // words for what the agreement is for: "tujuannya", "berharap"
	that       wordList // "yang"
	deeds      wordList // words for what is done about a sector: "peningkatan", "pengelolaan"
	turns      wordList // words that end a list, as they open a reason or an objection
	places     wordList // prepositions of places
	aspects    wordList // words before a list that is about something else: "dari sisi"
	traders    wordList // who is in a trade: "perusahaan di bidang energi"
	agencies   wordList // what offices are called in lower case too: "dinas kesehatan"
	counted    wordList // what is counted by "bidang": "45 bidang tanah"
	shows      wordList // words of a sentence on what is shown beside the signing
	first      wordList // the word that opens the first item told in a sentence of its own: "Pertama"
	seconds    wordList // words that open a later item, if a comma or an item follows: "Kedua, pengelolaan sampah."
	ordinals   wordList // words that open a later item: "Ketiga"
	countables wordList // what the items of a scope are counted as: "tiga hal, yakni"
	reasons    wordList // words that open a reason, which is no aim
	oneOf      wordList // what makes "salah" go on with a list: "salah satunya"
	chosen     wordList // words behind "yang" for what is agreed on: "yang dijajaki bidang"
	guests     wordList // words before those who came: "dihadiri"
	events     wordList // words for what else is done at a signing: "menyerahkan"
	sources    wordList // who or what yields a thing: "sentra", "penghasil"
	wholes     wordList // what consists of other things than sectors: "rombongan"
	others     wordList // words before examples of bodies: "pihak lain seperti puskesmas"

	terms []sectorTerm // by entry of listSectorTerms
}

// sectorTerm is a row of the table of terms.
type sectorTerm struct {
	use     termUse
	sectors []pakta.Sector
}

// termUse says where a term counts.
type termUse uint8

const (
	useAny       termUse = iota // everywhere
	useList                     // in lists, and where something is done about it
	useProduct                  // as list, but food where food is agreed on
	useItem                     // in lists only: what many say of any agreement, "memperkuat komunikasi"
	useWeak                     // the same, and never alone
	useOther                    // it is of no sector, and told as it is
	useInflation                // the same, and food where food is spoken of
	usePartner                  // as the name of a party only
	useNot                      // nowhere: a phrase that only contains a term
)

// termUses are the uses as the table has them.
var termUses = [...]string{"", "list", "product", "item", "weak", "other", "inflation", "partner", "not"}

func (u termUse) String() string { return termUses[u] }

// names reports words that name a sector, and not a thing or a person.
func (u termUse) names() bool { return u == useAny || u == useList }

// lists reports words that make a list of sectors with another one.
func (u termUse) lists() bool {
	return u != useItem && u != useOther && u != useInflation && u != useNot
}

// common reports words that are of a sector only in a list of sectors.
func (u termUse) common() bool { return u >= useList && u <= useWeak }

func newSectorRules(lex *lexicon, set *rules.Set) sectorRules {
	return sectorRules{
		terms:      sectorTerms(lex, set),
		goesOn:     lex.words("sector.goes-on"),
		backs:      lex.words("sector.backs"),
		enters:     lex.words("sector.enters"),
		beyond:     lex.words("sector.beyond"),
		stops:      lex.words("sector.stops"),
		joins:      lex.words("sector.joins"),
		mutual:     lex.words("sector.mutual"),
		riches:     lex.words("sector.riches"),
		refers:     lex.words("sector.refers"),
		hopes:      lex.words("sector.hopes"),
		that:       lex.words("sector.that"),
		deeds:      lex.words("sector.deeds"),
		turns:      lex.words("sector.turns"),
		places:     lex.words("sector.places"),
		aspects:    lex.words("sector.aspects"),
		aligned:    lex.words("sector.aligned"),
		means:      lex.words("sector.means"),
		once:       lex.words("sector.once"),
		similar:    lex.words("sector.similar"),
		itu:        lex.words("sector.itu"),
		then:       lex.words("sector.then"),
		defines:    lex.words("sector.defines"),
		totals:     lex.words("sector.totals"),
		traders:    lex.words("sector.traders"),
		agencies:   lex.words("sector.agencies"),
		counted:    lex.words("sector.counted"),
		shows:      lex.words("sector.shows"),
		oneOf:      lex.words("sector.one-of"),
		chosen:     lex.words("sector.chosen"),
		guests:     lex.words("sector.guests"),
		events:     lex.words("sector.events"),
		sources:    lex.words("sector.sources"),
		wholes:     lex.words("sector.wholes"),
		others:     lex.words("sector.others"),
		first:      lex.words("sector.first"),
		seconds:    lex.words("sector.seconds"),
		ordinals:   lex.words("sector.ordinals"),
		countables: lex.words("sector.countables"),
		reasons:    lex.words("sector.reasons"),
	}
}

// sectorTerms are the rows of the table of terms.
func sectorTerms(lex *lexicon, set *rules.Set) []sectorTerm {
	var terms []sectorTerm
	for i := range lex.entries[listSectorTerms] {
		e := &lex.entries[listSectorTerms][i]
		t := sectorTerm{use: termUse(max(slices.Index(termUses[:], e.Attr("use")), 0))} // the loader knows no others
		for _, code := range e.List("sectors") {
			if s, ok := set.SectorByCode(code); ok { // the loader has complained of others
				t.sectors = append(t.sectors, s)
			}
		}
		terms = append(terms, t)
	}
	return terms
}

// term is the row of the table of terms behind a hit.
func (d *document) term(h hit) *sectorTerm { return &d.x.sectors.terms[h.entry] }

// scope is a stretch of text that tells what the agreement covers.
type scope struct {
	from, to int
	// list: the stretch is a list of items, so that common words count too.
	list bool
	// about: the sentence is about the agreement, so that certain words count
	// where the list has ended.
	about bool
	// other: the sentence tells of another time or agreement.
	other bool
	rule  string
}

// Rules of scopes, as evidence carries them.
const (
	ruleScope   = "sector.scope"   // after "ruang lingkup", "bidang"
	ruleList    = "sector.list"    // after "meliputi", "antara lain", or a list that goes on
	ruleObject  = "sector.object"  // right after an instrument
	ruleAim     = "sector.aim"     // elsewhere in a sentence about the agreement
	rulePartner = "sector.partner" // the name of a party
)

// scopes finds the stretches, in the order of the text.
func (d *document) scopes(dl *deal) []scope {
	all := d.scopeRoom[:0]
	k, counted, open, after, aimed, empty, told, lead := 0, 0, false, false, false, false, false, true
	for i := 0; i < len(d.toks); {
		from, to := d.sentence(i)
		i = to
		var se *sentenceEvents
		if k < len(dl.sentences) && dl.sentences[k].sent == d.toks[from].sent {
			se = &dl.sentences[k]
			k++
		}
		if line := d.lineOf(from); line == lineRelated || line == lineByline {
			continue
		}
		s := scopeSentence{from: from, to: to, events: se, open: open, after: after, goesOn: aimed && (d.opensWith(from, d.x.sectors.goesOn) || d.saysWhy(from, to))}
		s.about = se != nil && (se.instrs > 0 || se.acts > 0) || d.refersToDeal(from)
		s.empty = empty
		if counted = d.counts(from, counted, s.about || after || empty); counted == maxBetween {
			s.empty = true
		}
		s.lead = lead && from >= d.titleEnd && from < d.titleEnd+leadSentences ||
			told && from > d.titleEnd && d.toks[from].line == d.toks[from-1].line
		told = s.about
		lead = lead && (from < d.titleEnd || !s.about || !d.toks[to-1].isStop()) // but a headline said again, a caption
		before := len(all)
		all = d.sentenceScopes(all, s)
		found := all[before:]
		for k := range found {
			found[k].other = d.tellsThen(from, to)
		}
		aimed = len(found) > 0
		after = aimed && found[len(found)-1].rule != ruleAim
		empty = after && found[len(found)-1].rule == ruleScope && !d.termIn(found[len(found)-1].from, to)
		open = after && found[len(found)-1].list && d.listGoesOn(to)
	}
	d.scopeRoom = all
	return all
}

// scopeSentence is a sentence whose scopes are looked for.
type scopeSentence struct {
	from, to int
	events   *sentenceEvents // nil when it has none
	open     bool            // it continues a list
	after    bool            // the sentence before it had a list
	empty    bool            // the sentence before it spoke of the scope and named nothing
	goesOn   bool            // it opens with a word like "khususnya", behind one about the agreement
	about    bool            // it speaks of the agreement
	lead     bool            // it opens the report, or stands in a paragraph right behind the agreement
}

// opensWith reports whether the sentence at token i opens with a word of w,
// behind a quotation mark or as the second half of "salah satunya".
func (d *document) opensWith(i int, w wordList) bool {
	if d.toks[i].kind == punct {
		i++
	}
	return d.is(i, w) || d.is(i+1, d.x.sectors.oneOf)
}

// tellsThen reports whether the sentence [i, to) of the body tells of another
// time or agreement: it opens with "Sebelumnya", or has "pernah", "waktu itu" or
// "kerja sama serupa" in it.
func (d *document) tellsThen(i, to int) bool {
	words := &d.sentenceOf(i).words
	switch {
	case i <= d.titleEnd:
		return false
	case words.has(d.x.sectors.once):
		return true
	case !words.has(d.x.sectors.then) && !words.has(d.x.sectors.similar):
		return false
	}
	if d.is(i, d.x.sectors.then) || d.toks[i].kind == punct && d.is(i+1, d.x.sectors.then) {
		return true
	}
	for j := i + 1; j < to; j++ {
		if d.is(j, d.x.sectors.itu) && d.is(j-1, d.x.sectors.then) {
			return true
		}
		if _, paper := d.hitEnding(j, listInstruments, 4); paper && d.is(j, d.x.sectors.similar) {
			return true
		}
	}
	return false
}

// saysWhy reports whether the sentence [from, to) tells what the one before it
// was for: "Langkah ini diambil guna memperkuat pelayanan kesehatan."
func (d *document) saysWhy(from, to int) bool {
	if d.toks[from].kind == punct {
		from++
	}
	if !d.is(from, d.x.sectors.backs) {
		return false
	}
	for i := d.next(from, to, 1<<listCues); i < to; i = d.next(i+1, to, 1<<listCues) {
		if d.cue(i) == cueAim {
			return true
		}
	}
	return false
}

func (t *token) isStop() bool { return t.ch == '.' || t.ch == '?' || t.ch == '!' || t.ch == '"' }

// sentenceScopes appends the scopes of one sentence to all.
func (d *document) sentenceScopes(all []scope, s scopeSentence) []scope {
	if s.open || s.empty && (d.opensFirst(s.from) || d.opensOrdinal(s.from) || d.listAfter(s.from, s.to)) {
		return append(all, scope{from: s.from, to: s.to, list: true, about: true, rule: ruleList})
	}
	if d.is(s.from, d.x.sectors.defines) || !s.about && !s.goesOn && (d.is(s.from, d.x.deals.after) || d.tellsThen(s.from, s.to)) {
		return all
	}
	at, rule := d.scopeCue(s)
	if at < 0 {
		at = s.to
	}
	if words := &d.sentenceOf(s.from).words; s.about || (s.goesOn || s.lead) && !words.has(d.x.sectors.shows) && !words.has(d.x.sectors.aligned) {
		all = d.aims(all, s, at)
	}
	if at < s.to {
		all = append(all, scope{from: at, to: s.to, list: true, about: s.about, rule: rule})
	}
	return all
}

// scopeCue finds the words that open a list of what is covered; -1 when the
// sentence has none. Away from the agreement they count at its head only:
// "Bidang yang digarap antara lain", not "alamnya kaya, mulai dari sektor
// pertambangan".
func (d *document) scopeCue(s scopeSentence) (at int, rule string) {
	for i := d.next(s.from, s.to, 1<<listCues); i < s.to; {
		h, _ := d.longest(i, listCues)
		end := int(h.to)
		known := s.about || s.after || i < s.from+headTokens || d.is(i-1, d.x.sectors.chosen)
		switch class := d.cue(i); {
		case d.noScope(i, end):
		case class == cueScope && (s.about || s.after || i <= s.from+2 || d.is(i-1, d.x.sectors.chosen)), class == cueScopeList && d.headedByThat(s.from, i) && (end >= s.to-1 || d.termWithin(end, maxListGap) && d.listAfter(end, s.to)):
			return i, ruleScope
		case class == cueScopeNoun && known && (s.about || !d.hasWord(s.from, i, d.x.sectors.riches)) && !d.inOffice(i) && d.owner[i] == free && (s.about || d.termWithin(end, 3) || d.listAfter(end, s.to)),
			class == cueScopeNoun && (d.is(end, d.x.sectors.that) || d.hasWord(s.from, i+1, d.x.sectors.mutual)) && d.listAfter(end, s.to):
			return i, ruleScope
		case class == cueScopeVerb && (s.about || (s.after || s.goesOn) && i < s.from+headTokens || d.hasWord(s.from, i, d.x.sectors.chosen) && d.listAfter(end, s.to)):
			return i, ruleList
		case class == cueScopeList && (s.about || d.hasWord(s.from, i+1, d.x.sectors.totals) || d.countsItems(s.from, i)) && (end >= s.to-1 || d.termWithin(end, maxListGap) && d.listAfter(end, s.to)):
			return i, ruleList
		}
		i = d.next(end, s.to, 1<<listCues)
	}
	if i := d.countedColon(s); i >= 0 {
		return i, ruleList
	}
	if i := d.longRun(s); i >= 0 {
		return i, ruleList
	}
	if s.about && d.mark(s.to-1, ':') && s.to < len(d.toks) && d.toks[s.to].line != d.toks[s.to-1].line && d.shortLine(s.to) {
		return s.to - 1, ruleList
	}
	return -1, ""
}

// maxListGap is how far behind "antara lain" its first item may stand, in tokens.
const maxListGap = 8

// noScope reports whether a word for the scope at [i, end) is used of something
// else: counted plots, somebody's trade, bodies named as examples.
func (d *document) noScope(i, end int) bool {
	from, _ := d.sentence(i)
	switch d.cue(i) {
	case cueScopeNoun:
		return d.tradeCue(i) || d.is(end, d.x.sectors.counted) ||
			d.hasWord(from, i, d.x.sectors.reasons) && d.hasWord(max(i-maxReason, from), i, d.x.sectors.riches)
	case cueScopeVerb, cueScopeList:
		return d.hasWord(max(i-maxReason, from), i, d.x.sectors.aligned) || d.exampleCue(i) || d.hasWord(max(i-headTokens, from), i, d.x.sectors.wholes)
	}
	return false
}

// leadSentences is how far the first sentences of the body reach, in tokens:
// they tell the news, whether they name the agreement or not.
const leadSentences = 45

// headedByThat reports whether the words before token i are a subject like
// "Yang dijajaki" at the head of a sentence: "Yang dijajaki ialah wisata".
func (d *document) headedByThat(from, i int) bool {
	for j := from; j < i && j < from+2; j++ {
		if d.is(j, d.x.sectors.that) {
			return i-j <= headTokens
		}
	}
	return false
}

// headTokens is how far the head of a sentence reaches, in tokens: "Adapun
// yang menjadi bidang".
const headTokens = 5

// aims appends the scopes of a sentence about the agreement, up to token end: the
// objects of its instruments, and the rest, where only certain words count.
func (d *document) aims(all []scope, s scopeSentence, end int) []scope {
	from := s.from
	if s.events != nil {
		for _, e := range s.events.events {
			if !e.instr || e.at < from || e.to > end {
				continue
			}
			begin, to := d.objectOf(e.to, end)
			if to <= begin {
				continue
			}
			if from < e.at {
				all = append(all, scope{from: from, to: e.at, list: s.from < d.titleEnd, about: true, rule: ruleAim})
			}
			all = append(all, scope{from: begin, to: to, list: true, about: true, rule: ruleObject})
			from = to
		}
	}
	if from < end {
		all = append(all, scope{from: from, to: end, list: s.from < d.titleEnd && s.about, about: true, rule: ruleAim})
	}
	return all
}

// objectOf is what follows an instrument at once: "PKS pengelolaan sampah
// dengan ...": words up to a preposition or mark, and over a comma when the
// list goes on behind it.
func (d *document) objectOf(from, limit int) (begin, end int) {
	end = from
	if d.mark(end, '(') {
		for end < limit && !d.mark(end, ')') {
			end++
		}
		end = min(end+1, limit)
	}
	if begin = end; d.is(begin, d.x.sectors.joins) {
		return begin, begin // "penandatanganan kerja sama dan juga penyerahan hibah"
	}
	for n := 0; end < limit && n < maxItem; end, n = end+1, n+1 {
		if d.mark(end, ',') && d.termWithin(end+1, 3) {
			n = 0
			continue
		}
		if h, ok := d.longest(end, listSectorTerms); ok && int(h.to) <= limit {
			end = int(h.to) - 1 // "program studi di luar kampus utama"
			continue
		}
		if d.toks[end].kind != word && !d.fused(end) || d.is(end, d.x.sectors.stops) {
			break
		}
	}
	return begin, end
}

// fused reports whether token i holds two words together: the mark of
// "e-government", "HIV/AIDS".
func (d *document) fused(i int) bool {
	t := &d.toks[i]
	return (t.ch == '-' || t.ch == '/') && i+1 < len(d.toks) && d.toks[i-1].end == t.start && d.toks[i+1].start == t.end
}

// refersToDeal reports whether the sentence of token i speaks of the agreement without
// naming an instrument: "yang dikerjasamakan", "naskah itu", "kolaborasi".
func (d *document) refersToDeal(i int) bool {
	s := d.sentenceOf(i)
	return s.lists.has(listGate) || s.words.has(d.x.sectors.refers)
}
