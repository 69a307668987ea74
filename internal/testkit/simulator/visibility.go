package simulator

import "time"

// appear starts the lags of a project that was created while the server runs.
func (s *Server) appear(p *project, now time.Time) {
	p.visibleFrom = now.Add(milliseconds(s.settings.VisibilityLag))
	p.listedFrom = p.visibleFrom
	if listed := now.Add(milliseconds(s.settings.EnumerationLag)); listed.After(p.listedFrom) {
		p.listedFrom = listed
	}
}

// moved starts the lag of a project that was renamed; old is its former DN.
func (s *Server) moved(p *project, old string, now time.Time) {
	if s.settings.EnumerationLag > 0 {
		p.listedDN, p.listedFrom = old, now.Add(milliseconds(s.settings.EnumerationLag))
	}
}

// listed is what EnumerateProjects shows of a project and the DN it shows; nil for nothing.
func (c *call) listed(p *project) (encoded []byte, dn string) {
	switch {
	case p.seenAt(c.now) == nil, c.now.Before(p.listedFrom) && p.listedDN == "":
		return nil, ""
	case c.now.Before(p.listedFrom):
		o := c.projectObject(p, p.statusAt(c.now))
		o["Dn"] = p.listedDN
		return mustJSON(o), p.listedDN
	}
	return c.render(p, c.now), p.dn
}
