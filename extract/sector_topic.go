package extract

// What a term is worth when an article is asked what it is about: in the
// title, in a sentence about the agreement, and elsewhere.
const (
	titleWorth = 3
	dealWorth  = 2
	bodyWorth  = 1
)

// minTopic is what the topic of an article is worth at least. One word does
// not reach it alone, and one must stand in the title or beside the agreement.
const minTopic = 4

// topicVote is the support for one sector.
type topicVote struct {
	code  string // of the sector
	worth int
	best  hit // the term worth most
	most  int
}

// topic adds what the whole article is about, when no scope named a sector and
// one sector is worth twice as much as any other: an agreement on akta cerai
// and KTP never says "kependudukan". Its weak case is an article whose second
// half is about something else.
func (b *sectorBuilder) topic(dl *deal) {
	d := b.d
	var votes []topicVote
	for i := 0; i < len(d.toks); i++ {
		h, ok := d.longest(i, listSectorTerms)
		if !ok {
			continue
		}
		if line := d.lineOf(i); line != lineRelated && line != lineByline && !d.inRoom(h) && !d.namesPlace(h) && !d.located(i) {
			votes = b.vote(votes, h, d.topicWorth(dl, h))
		}
		i = int(h.to) - 1
	}
	if at := leader(votes); at >= 0 && (len(b.other) == 0 || votes[at].most == titleWorth) {
		b.add(votes[at].best, "sector.topic")
	}
}

// topicWorth says what a term is worth.
func (d *document) topicWorth(dl *deal, h hit) int {
	i := int(h.from)
	switch {
	case d.owner[i] != free && d.owner[i] != claimInstrument || d.inOffice(i) || d.inAside(i):
		return 0
	case i < d.titleEnd:
		return titleWorth
	case d.term(h).use == useWeak:
		return bodyWorth
	case d.refersToDeal(i):
		return dealWorth
	}
	return bodyWorth
}

// vote adds a term to the votes of its sector. Phrases that are two sectors
// speak for none.
func (b *sectorBuilder) vote(votes []topicVote, h hit, worth int) []topicVote {
	sectors := b.d.term(h).sectors
	if len(sectors) != 1 {
		return votes
	}
	at := 0
	for at < len(votes) && votes[at].code != sectors[0].Code {
		at++
	}
	if at == len(votes) {
		votes = append(votes, topicVote{code: sectors[0].Code})
	}
	v := &votes[at]
	v.worth += worth
	if worth > v.most {
		v.best, v.most = h, worth
	}
	return votes
}

// leader is the vote that is worth enough and twice as much as any other; -1
// when there is none.
func leader(votes []topicVote) int {
	at, second := -1, 0
	for i := range votes {
		switch w := votes[i].worth; {
		case at < 0 || w > votes[at].worth:
			if at >= 0 {
				second = votes[at].worth
			}
			at = i
		case w > second:
			second = w
		}
	}
	if at < 0 || votes[at].most < dealWorth || votes[at].worth < max(minTopic, 2*second) {
		return -1
	}
	return at
}
