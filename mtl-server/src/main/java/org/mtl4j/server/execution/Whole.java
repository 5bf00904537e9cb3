package org.mtl4j.server.execution;

import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.serving.tensor.TensorValue;

/** The one answer to work that was done in parts. */
final class Whole {
  private Whole() {}

  /** The outputs of the parts of one request, in order; a failure of one is the whole's. */
  static CompletableFuture<SortedMap<String, TensorValue>> of(List<Job> parts) {
    CompletableFuture<?>[] results =
        parts.stream().map(Job::result).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<SortedMap<String, TensorValue>> all =
        CompletableFuture.allOf(results)
            .thenApply(
                done -> {
                  List<SortedMap<String, TensorValue>> outputs =
                      parts.stream().map(part -> part.result().join()).toList();
                  return Rows.joined(outputs, parts.stream().mapToInt(Job::rows).sum());
                });
    return givenUpWith(all, List.of(results));
  }

  /** A future of the caller's own: who completes it gives the work behind it up. */
  static <T> CompletableFuture<T> givenUpWith(
      CompletableFuture<T> result, List<CompletableFuture<?>> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    var unused =
        result.whenComplete(
            (found, failure) -> {
              if (failure == null) {
                answer.complete(found);
              } else {
                answer.completeExceptionally(failure);
              }
            });
    var unusedToo =
        answer.whenComplete(
            (found, failure) -> {
              if (failure != null) {
                work.forEach(part -> part.completeExceptionally(failure));
              }
            });
    return answer;
  }
}
