/** Deep and cross network v2: Wang and others 2021. */
package org.mtl4j.models.dcn;
