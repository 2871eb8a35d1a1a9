-- The trace that an event belongs to (W3C Trace Context). It goes out as the last member of the data; null if there is none.
alter table user_event add column traceparent text;
