package extract

import "pakta"

// dateRules is what the reading of dates needs, compiled.
type dateRules struct{}

func newDateRules(*lexicon) dateRules { return dateRules{} }

func (d *document) readDates() {}

func (d *document) recordDates() []pakta.Date { return []pakta.Date{} }
