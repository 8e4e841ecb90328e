package extract

import (
	"slices"

	"pakta"
)

// fillAgreement puts what the deal says into the record.
func (d *document) fillAgreement(rec *pakta.Record, dl *deal) {
	rec.Status, rec.Evidence.Status = d.readStatus(dl)
	rec.Instruments = d.recordInstruments(dl, rec.Status)
	rec.Parties = d.recordParties(dl)
	rec.Kind, rec.Evidence.Kind = d.kindOf(dl, rec.Parties)
	d.openParties(dl)
	rec.SignedOn = d.signedOn(rec, dl)
	rec.Venue = d.readVenue(dl, rec.SignedOn)
	rec.Sectors, rec.SectorsOther = d.readSectors(dl, rec.Parties)
	rec.DurationMonths, rec.Evidence.DurationMonths = d.agreementDuration()
	rec.ValueIDR, rec.Evidence.ValueIDR = d.agreementValue(dl)
	rec.Numbers = d.recordNumbers()
	rec.Forums = d.recordForums()
	d.markRoles(rec)
}

// recordParties lists the settled parties, in the order of the text.
func (d *document) recordParties(dl *deal) []pakta.Party {
	out := make([]pakta.Party, 0, len(dl.order))
	for _, n := range dl.order {
		v := &dl.votes[n]
		if !v.party {
			continue
		}
		slices.SortFunc(v.mentions, func(a, b *actor) int { return a.from - b.from })
		mentions := slices.Compact(v.mentions)
		p := d.partyOf(mentions)
		p.Evidence = d.room.take(len(mentions))
		for _, a := range mentions {
			p.Evidence = append(p.Evidence, d.evidence(a.first, a.last, partyRules[a.form]))
		}
		out = append(out, p)
	}
	return out
}

// partyRules are the ids of the rules, by form of the mention.
var partyRules = [...]string{
	formBare: "party.bare", formArea: "party.area", formAgency: "party.agency", formHead: "party.head",
	formGovernment: "party.government", formBody: "party.body", formPerson: "party.person",
}

// kindOf is the kind of cooperation by its parties: a place abroad makes it
// KSDPL, a second region KSDD whoever else takes part, unless both stand on one
// side; else the first other party decides, or the sort of the other side when
// that is all the text tells of it.
func (d *document) kindOf(dl *deal, parties []pakta.Party) (pakta.Kind, []pakta.Evidence) {
	var first, second, other *pakta.Party
	apart := false
	for i := range parties {
		p := &parties[i]
		switch {
		case p.Type != pakta.RegionalGovernment:
			if other == nil || p.Type == pakta.ForeignGovernment {
				other = p
			}
		case first == nil:
			first = p
		default: // of three regions, two do not lie in one another
			apart = apart || second != nil || !d.oneSide(first, p)
			second = p
		}
	}
	apart = apart && !(other != nil && d.facesRegions(dl))
	sort := &dl.other
	switch {
	case first == nil:
		return "", []pakta.Evidence{}
	case other != nil && !apart && d.unclearSort(other):
		return "", []pakta.Evidence{}
	case other != nil && (!apart || other.Type == pakta.ForeignGovernment):
		return kindWith(other.Type), d.kindEvidence(other)
	case second != nil:
		return pakta.KSDD, d.kindEvidence(second)
	case sort.found:
		return kindWith(sort.typ), d.one(d.evidence(int(sort.hit.from), int(sort.hit.to), ruleKind))
	}
	return "", []pakta.Evidence{}
}

// facesRegions reports whether a body alone signs with several regions, which
// then are on one side: "Universitas X menandatangani MoU dengan dua pemerintah
// kabupaten", "Bupati A dan Bupati B meneken MoU dengan BPS".
func (d *document) facesRegions(dl *deal) bool {
	for i := range dl.sentences {
		s := &dl.sentences[i]
		for k, e := range s.events {
			if e.act == actNone || e.act == actHandle || e.act.passive() || s.other {
				continue
			}
			doer := d.groupBefore(s, k)
			if doer == nil {
				continue
			}
			bodies, regions := dl.sidesOf(doer)
			if regions == 0 && bodies == 1 && d.countsRegions(s, e.to) {
				return true
			}
			for _, o := range s.events[k+1:] {
				if o.group == nil || o.group.aside || !d.isWith(o.group.prep) && e.act != actPartner {
					continue
				}
				b, r := dl.sidesOf(o.group)
				if regions == 0 && bodies == 1 && b == 0 && r > 1 || bodies == 0 && regions > 1 && r == 0 && b == 1 {
					return true
				}
				break
			}
		}
	}
	return false
}

// sidesOf counts the bodies and the regions of a group.
func (dl *deal) sidesOf(g *group) (bodies, regions int) {
	for k := g.first; k < g.end; k++ {
		switch {
		case dl.actors[k].aside:
		case dl.actors[k].region != "":
			regions++
		default:
			bodies++
		}
	}
	return bodies, regions
}

// countsRegions reports whether "dengan" brings in counted regions behind token i
// of a sentence.
func (d *document) countsRegions(s *sentenceEvents, i int) bool {
	for j := d.next(i, s.last, 1<<listPartners); j < s.last; j = d.next(j+1, s.last, 1<<listPartners) {
		if h, ok := d.longest(j, listPartners); ok && pakta.PartyType(d.typ(h)) == pakta.RegionalGovernment && d.bringsIn(s, h) {
			return true
		}
	}
	return false
}

// oneSide reports whether of two regions one lies in the other: with a third
// party, they are on one side.
func (d *document) oneSide(a, b *pakta.Party) bool {
	return d.within(string(a.Region), string(b.Region)) || d.within(string(b.Region), string(a.Region))
}

// kindWith is the kind of cooperation of a region with a party of a type.
func kindWith(t pakta.PartyType) pakta.Kind {
	switch t {
	case pakta.RegionalGovernment:
		return pakta.KSDD
	case pakta.ForeignGovernment:
		return pakta.KSDPL
	case pakta.International:
		return pakta.KSDLL
	case pakta.CentralGovernment:
		return pakta.SINERGI
	}
	return pakta.KSDPK
}

// ruleKind is the rule that tells the kind.
const ruleKind = "kind.counterpart"

// kindEvidence is the party that decides the kind.
func (d *document) kindEvidence(p *pakta.Party) []pakta.Evidence {
	e := p.Evidence[0]
	e.Rule = ruleKind
	return d.one(e)
}

// sentenceAt is the events of a sentence, nil when it has none.
func (dl *deal) sentenceAt(sent int32) *sentenceEvents {
	i := dl.bySentence[sent]
	if i == 0 {
		return nil
	}
	return &dl.sentences[i-1]
}

// recordForums lists the forums that the text names.
func (d *document) recordForums() []pakta.Forum {
	out := []pakta.Forum{}
	d.eachHit(listForums, func(h hit) {
		if d.lineOf(int(h.from)) == lineRelated {
			return
		}
		e := d.evidence(int(h.from), int(h.to), "forum")
		for i := range out {
			if out[i].Name == d.id(h) {
				out[i].Evidence = d.more(out[i].Evidence, e)
				return
			}
		}
		out = append(out, pakta.Forum{Name: d.id(h), Evidence: d.one(e)})
	})
	return out
}

// markRoles gives regions and dates the roles that only the agreement tells.
func (d *document) markRoles(rec *pakta.Record) {
	for i := range rec.Regions {
		r := &rec.Regions[i]
		if slices.ContainsFunc(rec.Parties, func(p pakta.Party) bool { return string(p.Region) == r.Code }) {
			r.Roles = addRole(r.Roles, pakta.RegionParty)
		}
		if rec.Venue != nil && string(rec.Venue.Region) == r.Code {
			r.Roles = addRole(r.Roles, pakta.RegionVenue)
		}
	}
	if rec.SignedOn == nil {
		return
	}
	for i := range rec.Dates {
		if dt := &rec.Dates[i]; dt.Value == rec.SignedOn.Value {
			dt.Role = pakta.DateSigned
		}
	}
}

// addRole adds a role and keeps the roles in the order of [pakta.RegionRoles].
func addRole(roles []pakta.RegionRole, role pakta.RegionRole) []pakta.RegionRole {
	if slices.Contains(roles, role) {
		return roles
	}
	at := 0
	for _, r := range pakta.RegionRoles() {
		if r == role {
			break
		}
		if at < len(roles) && roles[at] == r {
			at++
		}
	}
	return slices.Insert(roles, at, role)
}
