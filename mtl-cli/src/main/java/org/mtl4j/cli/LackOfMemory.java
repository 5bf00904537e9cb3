package org.mtl4j.cli;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;

/**
 * Which memory it was that ran out, and how there may be more of it: Java's heap is one of many.
 */
final class LackOfMemory {
  private static final String FEWER = "read fewer rows or take smaller vocabularies";

  /** A message of the JVM, of JavaCPP or of TensorFlow, and what it means. */
  private record Kind(String said, String what, String remedy) {}

  /** The first that fits counts. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "Java heap space",
              "Java's heap is used up",
              "Give it more, say MTL_HEAP=8g, or " + FEWER + "."),
          new Kind(
              "GC overhead limit",
              "Java's heap is all but used up",
              "Give it more, say MTL_HEAP=8g, or " + FEWER + "."),
          new Kind(
              "Requested array size",
              "An array was asked for that is larger than Java allows",
              "No heap is large enough: " + FEWER + "."),
          new Kind(
              "direct buffer memory",
              "Java's memory for direct buffers is used up",
              "Allow more, say MTL_JAVA_OPTS=-XX:MaxDirectMemorySize=4g, or lower"
                  + " training.batch_size."),
          new Kind(
              "native thread",
              "The system gives the process no more threads",
              "Raise the limit of processes (ulimit -u, or pids.max of the container), or lower"
                  + " training.threads."),
          new Kind(
              "Metaspace",
              "Java's memory for classes is used up",
              "Allow more, say MTL_JAVA_OPTS=-XX:MaxMetaspaceSize=512m."),
          new Kind(
              "Compressed class space",
              "Java's memory for classes is used up",
              "Allow more, say MTL_JAVA_OPTS=-XX:CompressedClassSpaceSize=2g."),
          new Kind(
              "Map failed",
              "The system maps no more of a file into the process's memory",
              "Raise the limits of virtual memory (ulimit -v, sysctl vm.max_map_count)."),
          new Kind(
              "OOM when allocating",
              "TensorFlow gets no more memory of the machine or its GPU; Java's heap is another",
              "Lower training.batch_size, the model's layers or the features' dim, or take a machine"
                  + " (or container) with more memory."),
          new Kind(
              "hysical memory usage is too high",
              "JavaCPP was told to refuse memory beyond its limit; Java's heap is another",
              "Start by the mtl launcher, or add -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 and"
                  + " -Dorg.bytedeco.javacpp.maxBytes=0 to Java's options."));

  private LackOfMemory() {}

  /** What to tell, if it was for a lack of memory that something failed. */
  static Optional<Problem> of(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String said = String.valueOf(e.getMessage());
      Optional<Kind> kind = KINDS.stream().filter(k -> said.contains(k.said())).findFirst();
      if (kind.isPresent() && (e instanceof OutOfMemoryError || isTensorFlow(e))) {
        return kind.map(k -> problem(k.what() + ": " + said + ".", k.remedy()));
      }
      if (e instanceof OutOfMemoryError) {
        String remedy = "Close what else uses the machine's memory, or take one with more.";
        return Optional.of(problem("Memory is used up: " + said + ".", remedy));
      }
    }
    return Optional.empty();
  }

  /** By its name, for the command knows nothing of TensorFlow's classes. */
  private static boolean isTensorFlow(Throwable e) {
    return e.getClass().getName().startsWith("org.tensorflow.");
  }

  private static Problem problem(String what, String remedy) {
    return new Problem(ErrorCode.INTERNAL, "", what, remedy);
  }
}
