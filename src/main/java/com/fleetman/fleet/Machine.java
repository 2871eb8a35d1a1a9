package com.fleetman.fleet;

import com.fleetman.identity.User;
import com.fleetman.platform.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A machine of one owner, perhaps looked after by a provider. */
@Entity
@Table(name = "machine")
class Machine {
    @Id
    private UUID id;

    @Column(name = "number", insertable = false, updatable = false)
    private long number;

    @Column(name = "owner_id")
    private UUID ownerId;

    @Column(name = "assigned_provider_id")
    private @Nullable UUID assignedProviderId;

    @Column(name = "serial_number")
    private String serialNumber;

    @Column(name = "brand")
    private String brand;

    @Column(name = "serial_key")
    private String serialKey;

    @Column(name = "brand_key")
    private String brandKey;

    @Column(name = "search_key")
    private String searchKey;

    @Column(name = "model")
    private String model;

    @Column(name = "nickname")
    private @Nullable String nickname;

    @Enumerated(EnumType.STRING)
    @Column(name = "status")
    private MachineStatus status;

    @Column(name = "daily_hours")
    private BigDecimal dailyHours;

    @Column(name = "operating_days")
    private short operatingDays;

    @Column(name = "operating_hours")
    private BigDecimal operatingHours;

    @Column(name = "timezone")
    private String timezone;

    @Column(name = "accounted_to")
    private LocalDate accountedTo;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Machine() {}

    /** What it is called; each of them not blank, the nickname null for none. */
    record Names(
            String serialNumber,
            String brand,
            String model,
            @Nullable String nickname) {}

    /** A new one: its first day to be counted is today, where it stands. */
    Machine(
            UUID ownerId,
            Names names,
            MachineStatus status,
            UsageSchedule schedule,
            BigDecimal operatingHours,
            ZoneId timezone,
            Instant now) {
        this.id = Ids.next();
        this.ownerId = ownerId;
        this.status = status;
        this.operatingHours = operatingHours;
        this.timezone = timezone.getId();
        this.dailyHours = schedule.dailyHours();
        this.operatingDays = schedule.mask();
        this.accountedTo = LocalDate.ofInstant(now, timezone).minusDays(1);
        this.createdAt = now;
        this.updatedAt = now;
        this.serialNumber = names.serialNumber();
        this.brand = names.brand();
        this.model = names.model();
        this.serialKey = User.searchKey(serialNumber);
        this.brandKey = User.searchKey(brand);
        this.searchKey = "";
        rename(names, now);
    }

    final void rename(Names names, Instant now) {
        serialNumber = names.serialNumber();
        brand = names.brand();
        model = names.model();
        nickname = names.nickname();
        serialKey = User.searchKey(serialNumber);
        brandKey = User.searchKey(brand);
        searchKey = User.searchKey(String.join("\n", serialNumber, brand, model, nickname == null ? "" : nickname));
        updatedAt = now;
    }

    void reschedule(UsageSchedule schedule, Instant now) {
        dailyHours = schedule.dailyHours();
        operatingDays = schedule.mask();
        updatedAt = now;
    }

    void move(ZoneId to, Instant now) {
        timezone = to.getId();
        updatedAt = now;
    }

    void become(MachineStatus other, Instant now) {
        status = other;
        updatedAt = now;
    }

    void assign(@Nullable UUID providerId, Instant now) {
        assignedProviderId = providerId;
        updatedAt = now;
    }

    void readMeter(BigDecimal hours, Instant now) {
        operatingHours = hours;
        updatedAt = now;
    }

    UUID id() {
        return id;
    }

    long number() {
        return number;
    }

    UUID ownerId() {
        return ownerId;
    }

    @Nullable
    UUID assignedProviderId() {
        return assignedProviderId;
    }

    String serialNumber() {
        return serialNumber;
    }

    @Nullable
    String nickname() {
        return nickname;
    }

    Names names() {
        return new Names(serialNumber, brand, model, nickname);
    }

    MachineStatus status() {
        return status;
    }

    UsageSchedule schedule() {
        return UsageSchedule.of(dailyHours, operatingDays);
    }

    BigDecimal operatingHours() {
        return operatingHours;
    }

    ZoneId timezone() {
        return ZoneId.of(timezone);
    }

    /** The date there at an instant. */
    LocalDate dateAt(Instant instant) {
        return LocalDate.ofInstant(instant, timezone());
    }

    LocalDate accountedTo() {
        return accountedTo;
    }

    /** The daily run has dealt with all days to this one. */
    void account(LocalDate to, BigDecimal hours) {
        accountedTo = to;
        operatingHours = operatingHours.add(hours).min(Hours.MOST);
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    /** Grows with each change; what {@code ETag} says. */
    long version() {
        return version;
    }
}
