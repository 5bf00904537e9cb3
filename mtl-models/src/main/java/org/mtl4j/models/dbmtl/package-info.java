/** Deep Bayesian multi-task learning: Wang and others 2019. */
package org.mtl4j.models.dbmtl;
