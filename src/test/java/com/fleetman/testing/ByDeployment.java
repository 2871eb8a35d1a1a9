package com.fleetman.testing;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Test classes that want the same war run one after the other, so that the server changes wars as seldom as can be.
 * Public, since JUnit makes it by reflection (junit-platform.properties).
 */
public final class ByDeployment implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparingInt(ByDeployment::group)
                        .thenComparing(testClass -> testClass.getTestClass().getName()));
    }

    private static int group(ClassDescriptor testClass) {
        if (testClass.findAnnotation(InContainer.class).isEmpty()) {
            return 0;
        }
        if (declaresDeployment(testClass.getTestClass())) {
            return 3;
        }
        return testClass.findAnnotation(InContainer.class).get().probes() ? 2 : 1;
    }

    private static boolean declaresDeployment(Class<?> testClass) {
        for (var method : testClass.getDeclaredMethods()) {
            if (method.isAnnotationPresent(org.jboss.arquillian.container.test.api.Deployment.class)) {
                return true;
            }
        }
        return false;
    }
}
