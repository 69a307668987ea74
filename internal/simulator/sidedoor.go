package simulator

import "net/http"

func (s *Server) serveSideDoor(w http.ResponseWriter, r *http.Request) {
	http.NotFound(w, r)
}
