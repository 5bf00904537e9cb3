package org.mtl4j.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.server.execution.Origin;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.trace.Api;
import org.mtl4j.server.trace.RequestEnd;

/** What is counted stays readable and bounded; ObservedServerTest has the numbers. */
class ServerMetricsTest {
  private static RequestEnd request(long version) {
    return new RequestEnd(
        new RequestEnd.Origin("id", RequestEnd.Entry.REST, "::1", "POST", "/"),
        Api.PREDICT,
        Optional.of(new RequestEnd.Target("shop", version, "s", 1, Set.of("click"))),
        new RequestEnd.Outcome(StatusCode.OK, 200, 1, 20_000, OptionalLong.of(15_000)));
  }

  @Test
  void metricsDoNotGrowWithTheNumberOfVersionsThereHaveBeen() {
    try (ServerMetrics metrics = new ServerMetrics()) {
      for (int version = 1; version <= 50; version++) {
        metrics.requests().ended(request(version));
      }
      long lines =
          metrics
              .text()
              .lines()
              .filter(line -> line.startsWith("mtl_server_requests_total"))
              .count();
      assertThat(lines).isEqualTo(8);
      assertThat(metrics.text()).contains("version=\"50\"").doesNotContain("version=\"42\"");
      assertThat(metrics.text())
          .contains(":tensorflow:serving:request_count{model_name=\"shop\",status=\"OK\"} 50.0");
    }
  }

  @Test
  void theCountsOfAllVersionsThatAreServedGoOn() {
    try (ServerMetrics metrics = new ServerMetrics()) {
      for (int version = 1; version <= 12; version++) {
        metrics.models().available("shop", version, 1);
      }
      for (int round = 1; round <= 3; round++) {
        for (int version = 1; version <= 12; version++) {
          metrics.requests().ended(request(version));
        }
      }
      for (int version = 1; version <= 12; version++) {
        assertThat(metrics.text())
            .contains(
                "mtl_server_task_rows_total{model=\"shop\",task=\"click\",version=\"%d\"} 3.0\n"
                    .formatted(version));
        metrics.models().unloaded("shop", version);
      }
      metrics.requests().ended(request(13));
      assertThat(metrics.text()).doesNotContain("version=\"5\"").contains("version=\"6\"");
    }
  }

  /** Two folders of a model have it for a while, and the first one's unloading comes last. */
  @Test
  void aVersionThatIsServedFromAnotherFolderKeepsItsCounts() {
    try (ServerMetrics metrics = new ServerMetrics()) {
      metrics.models().available("shop", 1, 1);
      metrics.models().available("shop", 1, 1);
      metrics.models().unloaded("shop", 1);
      for (int version = 1; version <= 12; version++) {
        metrics.requests().ended(request(version));
      }
      assertThat(metrics.text()).contains("version=\"1\"");
      metrics.models().unloaded("shop", 1);
      metrics.requests().ended(request(13));
      assertThat(metrics.text()).doesNotContain("version=\"1\"");
    }
  }

  @Test
  void batchesAndTheQueueAreCountedBySignatureAndForgottenWithTheirVersion() {
    try (ServerMetrics metrics = new ServerMetrics()) {
      Origin click = new Origin("shop", 1, "click");
      Origin other = new Origin("shop", 1, "other");
      for (int i = 0; i < 2; i++) {
        metrics.execution().computed(click, 3, 5, 8, 1_000);
        metrics.execution().waited(click, 1_000);
        metrics.execution().refused(click);
        metrics.execution().expired(other);
      }
      String labels = "{model=\"shop\",signature=\"%s\",version=\"1\"}";
      assertThat(metrics.text().lines().toList())
          .contains(
              "mtl_server_batch_requests_sum" + labels.formatted("click") + " 6.0",
              "mtl_server_batch_rows_sum" + labels.formatted("click") + " 10.0",
              "mtl_server_batch_padding_rows_total" + labels.formatted("click") + " 6.0",
              "mtl_server_queue_refused_total" + labels.formatted("click") + " 2.0",
              "mtl_server_queue_expired_total" + labels.formatted("click") + " 0.0",
              "mtl_server_queue_expired_total" + labels.formatted("other") + " 2.0");
      for (int version = 1; version <= 9; version++) {
        metrics.requests().ended(request(version));
      }
      assertThat(metrics.text()).doesNotContain("version=\"1\"");
      metrics.execution().refused(click); // Late, and counted anew.
      assertThat(metrics.text())
          .contains("mtl_server_queue_refused_total" + labels.formatted("click") + " 1.0");
    }
  }

  @Test
  void aLatencyIsInItsBucketOfMicroseconds() {
    try (ServerMetrics metrics = new ServerMetrics()) {
      metrics.requests().ended(request(1));
      metrics.standard().warmedUp("/models/shop", 40_000, true);
      assertThat(metrics.text())
          .contains(
              ":tensorflow:serving:request_latency_bucket{API=\"Predict\",entrypoint=\"REST\",model_name=\"shop\",le=\"18.0\"} 0\n")
          .contains(
              ":tensorflow:serving:request_latency_bucket{API=\"Predict\",entrypoint=\"REST\",model_name=\"shop\",le=\"32.4\"} 1\n")
          .contains(
              ":tensorflow:serving:runtime_latency_bucket{API=\"Predict\",model_name=\"shop\",runtime=\"TF1\",le=\"18.0\"} 1\n")
          .contains(
              ":tensorflow:serving:model_warmup_latency_sum{model_path=\"/models/shop\",status=\"success\"} 40.0\n");
    }
  }
}
