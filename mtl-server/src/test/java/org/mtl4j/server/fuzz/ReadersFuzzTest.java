package org.mtl4j.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.testkit.TestSeed;

/**
 * Bodies and messages that somebody damaged: they are read, or refused in words, and cost no more
 * memory than the limits and their own size allow.
 */
class ReadersFuzzTest {
  /** What one body may allocate on the way: copies of 1 MiB, texts and tokens, classes loaded. */
  private static final long MOST_BYTES = 16L << 20;

  static List<FuzzedReader> readers() {
    return Stream.concat(Readers.all().stream(), RankingReaders.all().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("readers")
  void fiveThousandInAll(FuzzedReader reader) {
    run(reader, 5_000 / readers().size());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("readers")
  void aMillionInAll(FuzzedReader reader) {
    run(reader, 1_000_000 / readers().size());
  }

  private static void run(FuzzedReader reader, int inputs) {
    Random random = TestSeed.random();
    Mutations mutations = new Mutations(random, reader.damage());
    for (byte[] body : reader.bodies()) {
      assertThatCode(() -> reader.reading().read(body)).doesNotThrowAnyException();
    }
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int read = 0;
    for (int i = 0; i < inputs; i++) {
      byte[] body = mutations.of(reader.bodies().get(random.nextInt(reader.bodies().size())));
      long before = memory.getCurrentThreadAllocatedBytes();
      read += isRead(reader, body) ? 1 : 0;
      long allocated = memory.getCurrentThreadAllocatedBytes() - before;
      if (allocated > MOST_BYTES) {
        throw new AssertionError(allocated + " bytes allocated for " + described(body));
      }
    }
    // Were all of them refused, or none, the damage would be of the wrong kind.
    assertThat(read).as("those that are still read").isBetween(1, inputs - 1);
  }

  /** Whether a body is read; false if it is refused as it should be. */
  private static boolean isRead(FuzzedReader reader, byte[] body) {
    try {
      reader.reading().read(body);
      return true;
    } catch (InvalidProtocolBufferException e) {
      // gRPC answers this one itself.
      return false;
    } catch (RequestException e) {
      // Of methods other than to classify and to regress TensorFlow Serving says UNIMPLEMENTED.
      boolean isMethod =
          e.code() == StatusCode.UNIMPLEMENTED && reader.name().equals("MultiInferenceRequest");
      if (e.code() != StatusCode.INVALID_ARGUMENT && !isMethod) {
        throw new AssertionError(e.code() + " for " + described(body), e);
      }
      return false;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("not refused in words: " + described(body), e);
    }
  }

  private static String described(byte[] body) {
    return "seed %d, base64 %s"
        .formatted(TestSeed.value(), Base64.getEncoder().encodeToString(body));
  }
}
