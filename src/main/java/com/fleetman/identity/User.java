package com.fleetman.identity;

import com.fleetman.platform.Problem;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.annotations.SQLRestriction;

/**
 * An account: one company that uses FleetMan as client or provider, or an administrator. It is never deleted, since
 * messages and machines refer to it; a deactivated account signs nobody in and is found by nobody.
 */
@Entity
@Table(name = "app_user")
@SQLRestriction("status <> 'SYSTEM'") // the canary is nobody's account
public class User {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    @Id
    private UUID id;

    private String email;

    @Column(name = "password_hash")
    private String passwordHash;

    @Enumerated(EnumType.STRING)
    private UserType type;

    @Column(name = "company_name")
    private String companyName;

    @Column(name = "company_key")
    private String companyKey;

    private String locale;

    @Convert(converter = Roles.class)
    private Set<String> roles;

    @Enumerated(EnumType.STRING)
    private UserStatus status;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected User() {}

    User(UUID id, NewAccount account, String passwordHash, Instant now) {
        this.id = id;
        this.email = account.email();
        this.passwordHash = passwordHash;
        this.type = account.type();
        this.companyName = account.companyName();
        this.companyKey = searchKey(companyName);
        this.locale = account.locale();
        this.roles = Set.of(type.name());
        this.status = UserStatus.ACTIVE;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** A name as it is searched and sorted: "Grúas Ñandú" is found as "gruas nandu". */
    public static String searchKey(String name) {
        String plain =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        return plain.toLowerCase(Locale.ROOT);
    }

    public UUID id() {
        return id;
    }

    public String companyName() {
        return companyName;
    }

    public UserType type() {
        return type;
    }

    public boolean isActive() {
        return status == UserStatus.ACTIVE;
    }

    /** Language of the user interface, an ISO 639-1 code. */
    public String locale() {
        return locale;
    }

    String email() {
        return email;
    }

    String passwordHash() {
        return passwordHash;
    }

    String companyKey() {
        return companyKey;
    }

    Set<String> roles() {
        return roles;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    void rename(String newName, Instant now) {
        companyName = newName;
        companyKey = searchKey(newName);
        updatedAt = now;
    }

    void speak(String newLocale, Instant now) {
        locale = newLocale;
        updatedAt = now;
    }

    /** Whether the account may do what administrators do. */
    boolean isAdministrator() {
        return roles.contains(UserType.ADMIN.name());
    }

    /**
     * Gives the account a role in place of those that it has. An administrator who is a company's account keeps what the
     * company may do; an account that is nothing but an administrator's becomes that of a company.
     *
     * @throws Problem 409 {@code role_not_of_type} if a client should be a provider or the other way round
     */
    void assume(UserType role, Instant now) {
        if (role == UserType.ADMIN) {
            roles = Set.copyOf(List.of(type.name(), role.name()));
        } else if (type == role || type == UserType.ADMIN) {
            type = role;
            roles = Set.of(role.name());
        } else {
            throw Problem.conflict("role_not_of_type", "a " + type + " account cannot have the role " + role)
                    .field("role");
        }
        updatedAt = now;
    }

    void changePassword(String newHash, Instant now) {
        passwordHash = newHash;
        updatedAt = now;
    }

    void deactivate(Instant now) {
        status = UserStatus.DEACTIVATED;
        updatedAt = now;
    }

    void reactivate(Instant now) {
        status = UserStatus.ACTIVE;
        updatedAt = now;
    }
}
