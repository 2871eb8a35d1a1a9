package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
    private static final BigDecimal DAY = new BigDecimal(24);

    @ParameterizedTest
    @CsvSource({
        "8.00, 8",
        "7.50, 7.5",
        "0.25, 0.25",
        "0.00, 0",
        "0, 0",
        "100, 100",
        "1E+2, 100",
        "9999999.99, 9999999.99"
    })
    void areShownAsShortAsCanBe(BigDecimal hours, String shown) {
        assertThat(Hours.plain(hours).toString()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.000, 0", "24, 24.00", "24.000, 24.00", "7.5, 7.50", "1E+1, 10.00", "0.01, 0.01", "-0, 0"})
    void areTakenToTheHundredth(BigDecimal sent, String taken) {
        var fields = new Fields();

        assertThat(Hours.check(fields, "hours", sent, DAY).toString()).isEqualTo(taken);
        assertThatCode(fields::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "-0.01, out_of_range",
        "24.01, out_of_range",
        "1E+999999999, out_of_range",
        "-1E+999999999, out_of_range",
        "0.001, too_precise",
        "23.999, too_precise",
        "1E-999999999, too_precise"
    })
    void areRefusedOutOfRangeAndFinerThanAHundredth(BigDecimal sent, String code) {
        var fields = new Fields();

        assertThat(Hours.check(fields, "hours", sent, DAY)).isEqualTo(BigDecimal.ZERO);

        Problem problem = catchThrowableOfType(Problem.class, fields::check);
        assertThat(problem.body().errors().get(0).field()).isEqualTo("hours");
        assertThat(problem.body().errors().get(0).code()).isEqualTo(code);
    }

    @Test
    void areRequired() {
        var fields = new Fields();

        Hours.check(fields, "hours", null, DAY);

        Problem problem = catchThrowableOfType(Problem.class, fields::check);
        assertThat(problem.body().errors().get(0).code()).isEqualTo("required");
    }
}
