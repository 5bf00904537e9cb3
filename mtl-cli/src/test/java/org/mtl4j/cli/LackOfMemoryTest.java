package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.mtl4j.cli.console.Console;

/** Each memory has a remedy of its own; where Java can be made to say its words, they are its. */
class LackOfMemoryTest {
  private static String said(Throwable failure) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      assertThat(new Failures(new Console(stream, stream, 0)).fault(failure, List.of()))
          .isEqualTo(1);
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  private static String saidOf(String message) {
    return said(new OutOfMemoryError(message));
  }

  @Test
  void theHeapAloneIsGivenMoreByItsVariable() {
    assertThat(saidOf("Java heap space")).contains("heap is used up", "MTL_HEAP=8g");
    assertThat(saidOf("GC overhead limit exceeded")).contains("MTL_HEAP=8g");
    for (String other :
        List.of(
            "Requested array size exceeds VM limit",
            "Direct buffer memory",
            "unable to create native thread: possibly out of memory or process/resource limits",
            "Metaspace",
            "Compressed class space",
            "Map failed",
            "Physical memory usage is too high: physicalBytes (9G) > maxPhysicalBytes (8G)",
            "something new")) {
      assertThat(saidOf(other)).contains(other).doesNotContain("MTL_HEAP", "fault of MTL4J");
    }
  }

  @Test
  void eachOtherMemoryHasARemedyOfItsOwn() {
    assertThat(saidOf("unable to create native thread")).contains("ulimit -u");
    assertThat(saidOf("Metaspace")).contains("MaxMetaspaceSize");
    assertThat(saidOf("Map failed")).contains("max_map_count");
    assertThat(saidOf("Physical memory usage is too high")).contains("maxPhysicalBytes=0");
  }

  @Test
  void wordsOfThisJava() {
    assertThat(said(failure(() -> new long[Integer.MAX_VALUE])))
        .contains("larger than Java allows");
    assertThat(said(failure(() -> ByteBuffer.allocateDirect(Integer.MAX_VALUE - 8))))
        .contains("-XX:MaxDirectMemorySize");
  }

  /** Whatever is made is too large for the heap of a test, 1 GiB at most, or for Java. */
  private static Throwable failure(Supplier<Object> action) {
    try {
      throw new AssertionError("there was memory enough for " + action.get());
    } catch (OutOfMemoryError e) {
      return e;
    }
  }

  @Test
  void memoryOfTensorFlowIsNoneOfJavasAndNoFaultOfOurs() throws ReflectiveOperationException {
    String oom = "OOM when allocating tensor with shape[100000,100000] and type float on CPU";
    // By its name, as the command knows it.
    Object exhausted =
        Class.forName("org.tensorflow.exceptions.TFResourceExhaustedException")
            .getConstructor(String.class)
            .newInstance(oom);
    assertThat(said(new IllegalStateException("a step", (Throwable) exhausted)))
        .contains(oom, "Lower training.batch_size")
        .doesNotContain("MTL_HEAP", "fault of MTL4J");
  }

  @Test
  void textOfOthersThatSpeaksOfMemoryIsStillAFault() {
    assertThat(said(new IllegalStateException("no Java heap space here")))
        .contains("This is a fault of MTL4J");
  }
}
