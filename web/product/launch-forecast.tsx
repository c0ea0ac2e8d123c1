/** How many units of a pre-order there will be at its release, judged by earlier launches. */
import { useAnswer } from '../api/answers.tsx';
import box from '../components/box.module.css';
import tone from '../components/tone.module.css';
import { useLanguage } from '../words/words.tsx';

export function LaunchForecast({ sku }: { readonly sku: string }) {
  const { words, figure, moment } = useLanguage();
  const answer = useAnswer('forecastLaunch', { params: { sku } });
  const forecast = answer.data?.forecast;
  if (forecast == null) return null;
  const { releaseAt, preordered, total, low, high, launches } = forecast;
  return (
    <p className={box.box}>
      {words.products.forecast(moment(releaseAt), figure(preordered), figure(total))}{' '}
      <span className={tone.soft}>
        {high === null
          ? words.products.noInterval
          : words.products.interval(figure(low), figure(high), figure(launches))}
      </span>
    </p>
  );
}
