"""Pages: `public` for everybody, `enquiries` for citizens, `answers` and `offers` for associations, `calls` for staff."""
