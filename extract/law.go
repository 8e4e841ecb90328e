package extract

import "pakta"

type lawRules struct{}

func newLawRules(*lexicon) lawRules { return lawRules{} }

func (d *document) readLaws() {}

func (d *document) readDocumentNumbers() {}

func (d *document) readQuantities() {}

func (d *document) recordLaws() []pakta.LegalRef { return []pakta.LegalRef{} }

func (d *document) recordNumbers() []pakta.Number { return []pakta.Number{} }
