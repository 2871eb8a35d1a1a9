package com.fleetman.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.description.Described.Operation;
import com.fleetman.testing.Account;
import com.fleetman.testing.InContainer;
import com.fleetman.testing.Node;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every call of the API by somebody who may not make it: nobody, a wrong token, a stranger, the wrong role. The calls are
 * those of the description, so one that is added without protection is found here.
 */
@InContainer
@Tag("once")
class ProtectionIT {
    /** The only calls for everybody. Whatever is to be one of them must be written here. */
    private static final Set<String> OPEN =
            Set.of("POST /auth/login", "POST /auth/logout", "POST /auth/refresh", "POST /auth/register");

    private static final List<Operation> OPERATIONS = Described.openApi().operations();

    private final Fixture fixture = new Fixture();

    private static Stream<Operation> closed() {
        return OPERATIONS.stream().filter(operation -> !OPEN.contains(operation.toString()));
    }

    /** The problem, or the status alone where there is no body. */
    private static String answer(Operation operation, Account.Answer answer) {
        return operation.method().equals("HEAD") ? answer.status() + " " : answer.problem();
    }

    private static String expected(Operation operation, String problem) {
        return operation.method().equals("HEAD") ? problem.substring(0, 4) : problem;
    }

    @Test
    void onlyTheseAreForEverybody() {
        assertThat(OPERATIONS)
                .filteredOn(Operation::isOpen)
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void nobodyMayCall() {
        var soft = new SoftAssertions();
        closed().forEach(operation -> {
            var answer = Account.exchange(
                    Node.first(),
                    operation.method(),
                    fixture.path(operation),
                    fixture.body(operation),
                    Fixture.headers(operation));
            soft.assertThat(answer(operation, answer))
                    .as("%s, anonymous", operation)
                    .isEqualTo(expected(operation, "401 unauthenticated"));
        });
        soft.assertAll();
    }

    @Test
    void aTokenThatIsNoneOpensNothing() {
        Account forger = fixture.owner.withToken(fixture.owner.token().replaceFirst("\\.[^.]*$", ".AAAA"));
        var soft = new SoftAssertions();
        closed().forEach(operation -> {
            var answer = forger.send(
                    operation.method(), fixture.path(operation), fixture.body(operation), Fixture.headers(operation));
            soft.assertThat(answer(operation, answer))
                    .as("%s, forged token", operation)
                    .isEqualTo(expected(operation, "401 token_invalid"));
        });
        soft.assertAll();
    }

    @Test
    void whatIsForARoleIsForNobodyElse() {
        var soft = new SoftAssertions();
        for (Operation operation : OPERATIONS) {
            soft.assertThat(operation.role().isPresent())
                    .as("%s, role", operation)
                    .isEqualTo(operation.path().startsWith("/admin/"));
            if (operation.role().isPresent()) {
                for (Account account : List.of(fixture.owner, fixture.provider)) {
                    var answer = account.send(
                            operation.method(),
                            fixture.path(operation),
                            fixture.body(operation),
                            Fixture.headers(operation));
                    soft.assertThat(answer(operation, answer))
                            .as("%s, wrong role", operation)
                            .isEqualTo(expected(operation, "403 forbidden"));
                }
            }
        }
        soft.assertAll();
    }

    /** Not even whether it exists is told. */
    @Test
    void aStrangerReachesNothingOfTheOwners() {
        var soft = new SoftAssertions();
        closed().filter(operation -> operation.role().isEmpty() && !operation.isStream())
                .filter(operation -> !operation.method().equals("HEAD"))
                .forEach(operation -> {
                    boolean names = operation.path().startsWith("/machines/")
                            || operation.path().startsWith("/notifications/{");
                    if (names || operation.isSafe()) {
                        var answer = fixture.stranger.send(
                                operation.method(),
                                fixture.path(operation),
                                fixture.body(operation),
                                Fixture.headers(operation));
                        soft.assertThat(answer.http().body())
                                .as("%s, stranger", operation)
                                .doesNotContain(fixture.possessions());
                        if (names) {
                            soft.assertThat(answer.problem())
                                    .as("%s, stranger", operation)
                                    .matches("404 (machine|notification)_not_found");
                        }
                    }
                });
        soft.assertAll();
    }
}
