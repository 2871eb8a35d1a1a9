package com.fleetman.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.platform.Ids;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InterestTest {
    private final Interest interest = new Interest();

    @Test
    void countsTheUsersOfABucket() {
        UUID one = new UUID(1, 7);
        UUID other = new UUID(2, 7 + Interest.BUCKETS);

        assertThat(interest.add(one)).isTrue();
        assertThat(interest.add(other)).isFalse();
        assertThat(interest.wanted().stream()).containsExactly(7);
        assertThat(interest.remove(one)).isFalse();
        assertThat(interest.wanted().stream()).containsExactly(7);
        assertThat(interest.remove(other)).isTrue();
        assertThat(interest.wanted().isEmpty()).isTrue();
    }

    @Test
    void spreadsUsersOverTheBuckets() {
        long buckets = Stream.generate(Ids::next)
                .limit(20_000)
                .map(Interest::bucket)
                .distinct()
                .count();

        assertThat(buckets).isGreaterThan(Interest.BUCKETS * 9L / 10);
    }

    /** Nodes of different versions must agree. */
    @Test
    void namesTheChannelOfAUserForEver() {
        assertThat(RedisBus.channel(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057")))
                .isEqualTo("fleetman:user:87");
    }
}
