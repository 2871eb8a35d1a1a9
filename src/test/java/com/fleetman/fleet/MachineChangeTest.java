package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Json;
import com.fleetman.platform.Problem;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineChangeTest {
    private static MachineChange.Checked checked(String json) {
        return Json.read(json, MachineChange.class).checked();
    }

    private static List<String> refused(String json) {
        return catchThrowableOfType(Problem.class, () -> checked(json)).body().errors().stream()
                .map(error -> error.field() + ":" + error.code())
                .toList();
    }

    @Test
    void whatIsLeftOutStays() {
        assertThat(checked("{}"))
                .isEqualTo(new MachineChange.Checked(true, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void nullTakesAwayWhatAMachineNeedNotHave() {
        MachineChange.Checked change = checked("{\"nickname\":null,\"assignedProviderId\":null}");

        assertThat(change.nickname()).isEqualTo(new MachineChange.Sent<>(null));
        assertThat(change.assignedProviderId()).isEqualTo(new MachineChange.Sent<>(null));
    }

    @Test
    void theRestIsTakenAsForANewMachine() {
        UUID provider = UUID.randomUUID();
        MachineChange.Checked change = checked("{\"serialNumber\":\" S-1 \",\"brand\":\"B\",\"model\":\"M\","
                + "\"nickname\":\" N \",\"status\":\"MAINTENANCE\",\"assignedProviderId\":\"" + provider + "\","
                + "\"usageSchedule\":{\"dailyHours\":1,\"operatingDays\":[\"MONDAY\"]},\"operatingHours\":2.5,"
                + "\"timezone\":\"America/New_York\"}");

        assertThat(change.serialNumber()).isEqualTo("S-1");
        assertThat(change.nickname()).isEqualTo(new MachineChange.Sent<>("N"));
        assertThat(change.status()).isEqualTo(MachineStatus.MAINTENANCE);
        assertThat(change.assignedProviderId()).isEqualTo(new MachineChange.Sent<>(provider));
        assertThat(change.usageSchedule()).isNotNull();
        assertThat(change.operatingHours()).isEqualByComparingTo("2.5");
        assertThat(change.timezone()).isNotNull();
        assertThat(change.atWork()).isFalse();
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        assertThat(refused("{\"serialNumber\":null,\"brand\":\" \",\"model\":\"" + "x".repeat(101)
                        + "\",\"nickname\":\"\",\"status\":\"active\",\"assignedProviderId\":\"x\","
                        + "\"usageSchedule\":null,\"operatingHours\":-1,\"timezone\":\"+02:00\"}"))
                .containsExactlyInAnyOrder(
                        "assignedProviderId:invalid_uuid",
                        "serialNumber:required",
                        "brand:blank",
                        "model:too_long",
                        "nickname:blank",
                        "status:unknown_value",
                        "usageSchedule:required",
                        "operatingHours:out_of_range",
                        "timezone:unknown_timezone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serialNumber", "brand", "model", "status", "usageSchedule", "operatingHours", "timezone"})
    void nullIsRefusedForWhatAMachineMustHave(String field) {
        assertThat(refused("{\"" + field + "\":null}")).containsExactly(field + ":required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Madrid", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"})
    void aRegionOfTheDatabaseIsATimezone(String name) {
        assertThat(String.valueOf(checked("{\"timezone\":\"" + name + "\"}").timezone()))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Z", "+01:00", "UTC+1", "GMT+01:00", "europe/madrid", "Europe/Atlantis", "EST "})
    void nothingElseIs(String name) {
        assertThat(refused("{\"timezone\":\"" + name + "\"}")).containsExactly("timezone:unknown_timezone");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"status":"ACTIVE"}                        | true
        {"operatingHours":1,"status":"MAINTENANCE"} | true
        {"operatingHours":1,"nickname":null}       | false
        {"assignedProviderId":null}                | false
        """)
    void theProviderMayChangeTheStatusAndTheMeter(String json, boolean atWork) {
        assertThat(checked(json).atWork()).isEqualTo(atWork);
    }
}
