package com.fleetman.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserTest {
    private final User user = SampleUsers.client();

    @Test
    void startsActiveWithTheRoleOfItsType() {
        assertThat(user.isActive()).isTrue();
        assertThat(user.roles()).containsExactly("CLIENT");
    }

    @Test
    void canBeTakenOutOfUseAndPutBack() {
        user.deactivate(SampleUsers.NOW);
        assertThat(user.isActive()).isFalse();

        user.reactivate(SampleUsers.NOW);
        assertThat(user.isActive()).isTrue();
    }

    @Test
    void anAdministratorKeepsWhatTheCompanyMayDo() {
        user.assume(UserType.ADMIN, SampleUsers.NOW);
        assertThat(user.roles()).containsExactlyInAnyOrder("CLIENT", "ADMIN");
        assertThat(user.type()).isEqualTo(UserType.CLIENT);

        user.assume(UserType.CLIENT, SampleUsers.NOW);
        assertThat(user.roles()).containsExactly("CLIENT");
        assertThat(user.isAdministrator()).isFalse();
    }

    @Test
    void aClientDoesNotBecomeAProvider() {
        assertThatThrownBy(() -> user.assume(UserType.PROVIDER, SampleUsers.NOW))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("role_not_of_type"));
        assertThat(user.roles()).containsExactly("CLIENT");
    }

    @Test
    void whoIsNothingButAnAdministratorBecomesACompany() {
        User admin = new User(
                Ids.next(),
                new NewAccount("boss@fleetman.example", UserType.ADMIN, "Central", "es"),
                "hash",
                SampleUsers.NOW);
        admin.assume(UserType.ADMIN, SampleUsers.NOW);
        assertThat(admin.roles()).containsExactly("ADMIN");

        admin.assume(UserType.PROVIDER, SampleUsers.NOW);

        assertThat(admin.type()).isEqualTo(UserType.PROVIDER);
        assertThat(admin.roles()).containsExactly("PROVIDER");
    }

    @Test
    void isFoundByItsNewName() {
        user.rename("Montacargas Álvarez", SampleUsers.NOW);

        assertThat(user.companyName()).isEqualTo("Montacargas Álvarez");
        assertThat(user.companyKey()).isEqualTo("montacargas alvarez");
    }

    @ParameterizedTest
    @CsvSource({"Grúas Ñandú,gruas nandu", "ÉLITE,elite", "e\u0301lite,elite", "Straße,straße", "ﬁnca,finca", "重機,重機"})
    void searchKeyHasNeitherCaseNorAccents(String name, String key) {
        assertThat(User.searchKey(name)).isEqualTo(key);
    }

    @Test
    void othersNeverSeeTheEmailAddress() {
        assertThat(Json.write(PublicProfile.of(user)))
                .isEqualTo("{\"id\":\"" + user.id()
                        + "\",\"companyName\":\"Grúas Ñandú\",\"type\":\"CLIENT\",\"locale\":\"es\"}");
    }

    @Test
    void theOwnAccountHasTheFieldsOfTheContract() {
        assertThat(Json.write(Account.of(user)))
                .isEqualTo("{\"id\":\"" + user.id() + "\",\"email\":\"owner@fleetman.example\",\"type\":\"CLIENT\","
                        + "\"companyName\":\"Grúas Ñandú\",\"roles\":[\"CLIENT\"],\"locale\":\"es\","
                        + "\"createdAt\":\"2026-01-10T12:00:00.000Z\"}");
    }

    @Test
    void rolesAreOneTextInTheDatabase() {
        var roles = new Roles();

        assertThat(roles.convertToDatabaseColumn(Set.of("PROVIDER", "ADMIN"))).isEqualTo("ADMIN,PROVIDER");
        assertThat(roles.convertToEntityAttribute("ADMIN,PROVIDER")).containsExactlyInAnyOrder("ADMIN", "PROVIDER");
        assertThat(roles.convertToEntityAttribute("")).isEmpty();
    }

    @Test
    void aSessionLivesWhileItIsRefreshedAndNotEnded() {
        Instant now = SampleUsers.NOW;
        var session = new UserSession(user.id(), user.id(), now);
        session.renew(now.plusSeconds(900), now, Duration.ofDays(30));

        assertThat(session.isLive(now.plus(Duration.ofDays(29)))).isTrue();
        assertThat(session.isLive(now.plus(Duration.ofDays(30)))).isFalse();

        session.end(SessionsEnded.Reason.LOGGED_OUT, now);
        assertThat(session.isLive(now)).isFalse();
    }

    @Test
    void reasonsAreLowerCaseOnTheWire() {
        assertThat(SessionsEnded.Reason.REFRESH_REUSED.code()).isEqualTo("refresh_reused");
    }

    @Test
    void nothingSecretIsWrittenToLogs() {
        var signedIn = new SignedIn(user.id(), "access-secret", "refresh-secret", SampleUsers.NOW, Account.of(user));

        assertThat(signedIn.toString()).doesNotContain("secret", "owner@");
        assertThat(Json.write(signedIn)).doesNotContain("sessionId").contains("access-secret", "refresh-secret");
        assertThat(Credentials.of(user).toString()).doesNotContain("owner@", "hash");
        assertThat(new SignIn.Login("owner@fleetman.example", "hunter2").toString())
                .doesNotContain("owner@", "hunter2");
        assertThat(new ChangePassword.Change("hunter2", "hunter3").toString()).doesNotContain("hunter");
        assertThat(new AuthResource.Refresh("hunter2").toString()).doesNotContain("hunter");
        assertThat(new PresentedToken("hunter2", true).toString()).doesNotContain("hunter");
        assertThat(new RegisterUser.Registration("owner@x", "hunter2", "CLIENT", "x", null).toString())
                .doesNotContain("owner@", "hunter");
    }

    @Test
    void likePatternsTakeTheTermLiterally() {
        assertThat(DiscoverUsers.containing("50%_a\\b")).isEqualTo("%50\\%\\_a\\\\b%");
    }

    @Test
    void refreshTokensAreRandomAndStoredByTheirHash() {
        String secret = RefreshToken.newSecret();

        assertThat(secret).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(RefreshToken.newSecret());
        assertThat(RefreshToken.hash("abc")).isEqualTo("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    }
}
