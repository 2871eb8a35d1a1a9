package com.fleetman.admin;

import com.fleetman.identity.NeedsRole;
import com.fleetman.platform.Answer;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Sql;
import com.fleetman.stream.DeliveryTimes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What goes through the product, by hour, and what lies unread. */
@Path("admin/statistics")
@ApplicationScoped
@NeedsRole("ADMIN")
@Produces(MediaType.APPLICATION_JSON)
public class StatisticsAdminResource {
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(31);

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DeliveryTimes deliveryTimes;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Clock clock;

    /** How many of a type in the hour that begins then (UTC). Hours without any are left out. */
    record Hourly(Instant hour, String type, long count) {}

    /**
     * @param users who have something unread
     * @param most unread notifications and messages of one user
     */
    record Backlog(long notifications, long messages, long users, long most) {}

    record Statistics(
            Instant from,
            Instant to,
            List<Hourly> notifications,
            List<Hourly> messages,
            List<DeliveryTimes.Hour> delivery,
            Backlog unread) {}

    @GET
    public Answer<Statistics> get(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        var fields = new Fields();
        Period asked = Period.of(fields, from, to);
        Instant end = asked.to() == null ? clock.instant() : asked.to();
        Instant begin = asked.from() == null ? end.minus(USUAL) : asked.from();
        if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
            fields.reject("from", "too_long", "from must be at most " + LONGEST.toDays() + " days before to");
        }
        fields.check();
        var period = new Period(begin, end);
        return Answer.of(new Statistics(
                begin,
                end,
                hourly(period, "notification", "created_at", "type"),
                hourly(period, "message", "sent_at", "'MESSAGE'::text"),
                deliveryTimes.hourly(begin.truncatedTo(ChronoUnit.HOURS), end),
                backlog()));
    }

    private List<Hourly> hourly(Period period, String table, String time, String type) {
        return period.restrict(
                        Sql.of("select date_trunc('hour', " + time + ", 'UTC') as hour, " + type
                                + " as kind, count(*) as n from " + table + " where true"),
                        time)
                .then(" group by 1, 2 order by 1, 2")
                .list(dataSource, row -> new Hourly(Sql.instant(row, "hour"), row.getString("kind"), row.getLong("n")));
    }

    private Backlog backlog() {
        return Sql.of("""
                        select coalesce(sum(unread_notifications), 0) as notifications,
                               coalesce(sum(unread_messages), 0) as messages, count(*) as users,
                               coalesce(max(unread_notifications + unread_messages), 0) as most
                        from inbox where unread_notifications > 0 or unread_messages > 0""")
                .one(
                        dataSource,
                        row -> new Backlog(
                                row.getLong("notifications"),
                                row.getLong("messages"),
                                row.getLong("users"),
                                row.getLong("most")));
    }
}
