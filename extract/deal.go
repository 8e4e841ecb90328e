package extract

import "pakta"

type dealRules struct{}

func newDealRules(*lexicon) dealRules { return dealRules{} }

type gate struct{}

func newGate(*lexicon) gate { return gate{} }

func (gate) opens([]token) bool { return true }

func (d *document) assemble(rec *pakta.Record) {
	rec.Dates = d.recordDates()
	rec.LegalRefs = d.recordLaws()
	rec.Numbers = d.recordNumbers()
	rec.Regions = d.recordRegions()
	rec.Officials = d.recordOfficials()
	rec.Unresolved = append(rec.Unresolved, d.unresolved...)
	rec.Warnings = append(rec.Warnings, d.warnings...)
}
