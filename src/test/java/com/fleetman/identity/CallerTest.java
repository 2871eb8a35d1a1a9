package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Problem;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {
    private final Caller caller = new Caller(Ids.next(), Ids.next(), Set.of("CLIENT"), SampleUsers.NOW);

    @Test
    void isWhatJaxRsKnowsOfTheRequest() {
        var context = new CallerContext(caller, true);

        assertThat(Caller.of(context)).isSameAs(caller);
        assertThat(context.isUserInRole("CLIENT")).isTrue();
        assertThat(context.isUserInRole("ADMIN")).isFalse();
        assertThat(context.isSecure()).isTrue();
        assertThat(caller.getName()).isEqualTo(caller.userId().toString());
    }

    @Test
    void isMissedWhereNobodyIsSignedIn() {
        var nobody = new FakeSecurityContext();

        Problem problem = catchThrowableOfType(Problem.class, () -> Caller.of(nobody));

        assertThat(problem.status()).isEqualTo(401);
        assertThat(problem.code()).isEqualTo("unauthenticated");
    }
}
