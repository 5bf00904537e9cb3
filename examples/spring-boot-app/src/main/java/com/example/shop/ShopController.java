package com.example.shop;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.serving.ranking.Recommendation;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Recommends, and trains anew. */
@RestController
class ShopController {
  private final ModelHolder models;
  private final Training training;

  ShopController(ModelHolder models, Training training) {
    this.models = models;
    this.training = training;
  }

  /**
   * What to rank for whom.
   *
   * @param user the user's columns
   * @param items the candidates' columns, at least one candidate
   * @param by the output to rank by
   * @param k how many at most, at least 1
   */
  record Request(Map<String, Object> user, List<Map<String, Object>> items, String by, int k) {
    Request {
      if (user == null || items == null || items.isEmpty() || by == null || k < 1) {
        throw new IllegalArgumentException("expected a user, some items, by, and k of at least 1");
      }
    }
  }

  /**
   * A finished training.
   *
   * @param export the folder of the export that now answers
   * @param metrics the test metrics by output and name
   */
  record Trained(String export, Map<String, Map<String, Double>> metrics) {}

  @PostMapping("/recommend")
  Mono<List<Recommendation>> recommend(@RequestBody Request request) {
    return working(
        () ->
            models.ask(
                model ->
                    model.recommend(
                        request.user(),
                        BatchSource.of(request.items()),
                        request.by(),
                        request.k())));
  }

  @PostMapping("/train")
  Mono<Trained> train() {
    return working(
        () -> {
          Run run = training.train();
          models.replace(run.model());
          return new Trained(run.export().toString(), run.metrics().get("test"));
        });
  }

  /** What MTL4J refuses: 400 if the caller can mend it, with the code and the remedy. */
  @ExceptionHandler
  ProblemDetail refused(MtlException e) {
    HttpStatus status =
        e.code().isUserInput() ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
    ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, e.getMessage());
    detail.setProperty("problems", e.problems());
    return detail;
  }

  /** Mathematics keeps a thread busy, and Netty's few threads are for the network. */
  private static <T> Mono<T> working(Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
  }
}
