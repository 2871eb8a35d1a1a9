package com.fleetman.fleet;

import com.fleetman.platform.Fields;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Amounts of hours, to the hundredth. */
final class Hours {
    static final BigDecimal MOST = new BigDecimal("9999999.99");
    private static final int DIGITS = 2;

    private Hours() {}

    /** As it stands in JSON: {@code 8}, {@code 7.5}, {@code 0.25}. */
    static BigDecimal plain(BigDecimal hours) {
        BigDecimal shortest = hours.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** The value if it is a number from 0 to {@code most} with at most two decimal places; else 0 and a rejection. */
    static BigDecimal check(Fields fields, String field, @Nullable BigDecimal value, BigDecimal most) {
        if (value == null) {
            fields.reject(field, "required", field + " is required");
            return BigDecimal.ZERO;
        }
        // By its length first: 1e-999999999 would take gigabytes to be written out.
        if (value.signum() < 0 || value.compareTo(most) > 0) {
            fields.reject(field, "out_of_range", field + " must be a number from 0 to " + most.toPlainString());
            return BigDecimal.ZERO;
        }
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > DIGITS) {
            fields.reject(field, "too_precise", field + " must have at most two decimal places");
            return BigDecimal.ZERO;
        }
        return value.signum() == 0 ? BigDecimal.ZERO : value.setScale(DIGITS);
    }
}
